// The package has SQLCipher's library but not its command-line program, and Debian 12's program is version 3. This
// stands in for the program, with the few dot commands that resources/docs/recovery.md uses; the database work is
// all genuine SQLCipher's. Usage: sqlcipher-shell.ts [FILE] < script
import { readFileSync, writeFileSync } from 'node:fs'
import sqlcipher from '@journeyapps/sqlcipher'
import { type Genuine, open } from './genuine-sqlcipher.ts'

const listTables = `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL ORDER BY name`

let output: string | undefined
let csv = false
let headers = false

function print(text: string): void {
  if (output === undefined) process.stdout.write(`${text}\n`)
  else writeFileSync(output, `${text}\n`, { flag: 'a' })
}

function text(value: unknown): string {
  if (value === null) return ''
  if (Buffer.isBuffer(value)) return value.toString('hex')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new Error(`SQLite has no values of type ${typeof value}`)
}

const cell = (value: unknown): string => (csv ? `"${text(value).replaceAll('"', '""')}"` : text(value))

function literal(value: unknown): string {
  if (value === null) return 'NULL'
  if (Buffer.isBuffer(value)) return `X'${text(value)}'`
  return typeof value === 'number' ? text(value) : `'${text(value).replaceAll("'", "''")}'`
}

async function dump(database: Genuine): Promise<void> {
  for (const { name, sql } of await database.all(listTables)) {
    print(`${String(sql)};`)
    if (String(sql).startsWith('CREATE VIRTUAL')) continue
    for (const row of await database.all(`SELECT * FROM "${String(name)}"`)) {
      print(`INSERT INTO "${String(name)}" VALUES(${Object.values(row).map(literal).join(',')});`)
    }
  }
}

async function dotCommand(database: Genuine, line: string): Promise<void> {
  const [command, argument = ''] = line.split(/\s+/)
  if (command === '.tables')
    print((await database.all(listTables)).map(({ name }) => String(name)).join('  '))
  else if (command === '.dump') await dump(database)
  else if (command === '.headers') headers = argument === 'on'
  else if (command === '.mode') csv = argument === 'csv'
  else if (command === '.output') {
    output = argument
    writeFileSync(output, '')
  } else throw new Error(`this stand-in does not know ${line}`)
}

const database = await open(process.argv[2] ?? ':memory:', sqlcipher.OPEN_READWRITE | sqlcipher.OPEN_CREATE)
for (const line of readFileSync(0, 'utf8')
  .split('\n')
  .filter((one) => one.trim() !== '')) {
  if (line.startsWith('.')) await dotCommand(database, line.trim())
  else {
    const rows = await database.all(line)
    if (headers && rows[0] !== undefined) print(Object.keys(rows[0]).map(cell).join(','))
    for (const row of rows)
      print(
        Object.values(row)
          .map(cell)
          .join(csv ? ',' : '|'),
      )
  }
}
await database.close()
