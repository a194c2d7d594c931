// One flipped bit, anywhere in any file of a vault: it is named, at opening or by the verifier, and never breaks the program.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openAt, shut } from '../support/vault.ts'
import { dice, oneOf, publish, Tally, trials } from './support/settings.ts'
import { contentOf, copyOf, examine, livedIn, remove, type Verdict } from './support/tampered.ts'

const closedTrials = trials({ short: 60, long: 900 })
const killedTrials = trials({ short: 12, long: 100 })
const tallies: [string, Tally][] = []

afterAll(() => {
  publish(
    'flipped bits',
    'One bit of one file is flipped while the vault is closed, anywhere in it; larger files are hit more often, and each file at least now and then. A vault that was killed in the middle of a commit has a journal beside its database. "harmless": the file says who has the vault open, and nothing of what it holds; or the bit stands in a part of a journal that is not read or in a page that the journal puts right, and the vault holds exactly what it held.',
    tallies,
  )
})

/** What may be said of damage. */
const fitting =
  /^(?:vault\.damaged|vault\.newerFormat|vault\.incomplete|vault\.slotsChanged|database\.damaged|row\.|identity\.|audit\.|search\.| )+/u

/** Only names the owner of the lease, for people; rewritten at each opening. */
const namesTheOwner = 'lease.json'

/** A file by its share of the bytes in half of the cases, else any. */
function chooseFile(dir: string, random: ReturnType<typeof dice>): { name: string; size: number } {
  const files = readdirSync(dir)
    .map((name) => ({ name, size: statSync(join(dir, name)).isFile() ? statSync(join(dir, name)).size : 0 }))
    .filter(({ size }) => size > 0)
  if (random.next() < 0.25) return oneOf(files, random)
  let at = random.below(files.reduce((sum, { size }) => sum + size, 0))
  for (const file of files) {
    if (at < file.size) return file
    at -= file.size
  }
  throw new Error('no file to choose')
}

interface Flip {
  where: string
  name: string
  verdict: Verdict
}

async function flipOne(from: string, random: ReturnType<typeof dice>): Promise<Flip> {
  const dir = copyOf(from)
  const { name, size } = chooseFile(dir, random)
  const at = random.below(size)
  const bit = random.below(8)
  const path = join(dir, name)
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at)
  writeFileSync(path, bytes)
  const verdict = await examine(dir)
  remove(dir)
  return { where: `${name}, byte ${at}, bit ${bit}`, name, verdict }
}

/** @param mended whether files have journals that put pages right before anybody reads them */
async function flipMany(title: string, from: string, count: number, mended: boolean): Promise<string[]> {
  const tally = new Tally()
  tallies.push([title, tally])
  const random = dice(title)
  const healthy = await examine(copyOf(from))
  expect(healthy.named).toBeUndefined()
  const faults: string[] = []
  for (let number = 1; number <= count; number += 1) {
    const { where, name, verdict } = await flipOne(from, random)
    tally.add('trials')
    if (verdict.named !== undefined) {
      tally.add(`named ${verdict.when}`)
      if (!fitting.test(verdict.named)) faults.push(`${where}: named as ${verdict.named}`)
      continue
    }
    const spareable = mended || name === namesTheOwner || name.endsWith('-journal')
    const same = contentOf(verdict.picture) === contentOf(healthy.picture)
    if (spareable && same) tally.add(`harmless in ${name}`)
    else faults.push(`${where}: said to be well${same ? '' : ', and holds something else'}`)
  }
  return faults
}

test(
  'one flipped bit in a closed vault is named',
  async () => {
    const dir = await livedIn()
    writeFileSync(
      join(dir, namesTheOwner),
      JSON.stringify({ computer: 'a', login: 'b', person: 'c', since: 'd' }),
    )
    expect(await flipMany('a closed vault', dir, closedTrials, false)).toEqual([])
  },
  40 * 60_000,
)

/** As a process leaves it that was killed while it wrote its pages: both journals are whole, the databases half written. */
async function killedInCommit(): Promise<string> {
  const dir = await livedIn()
  const session = await openAt(dir)
  const { records, identities } = session.store
  const databases = [records.db, ...(identities === undefined ? [] : [identities.db])]
  for (const db of databases) {
    // So little memory that pages reach the file before the commit, behind their journal.
    db.pragma('cache_size = 5')
    db.exec('BEGIN IMMEDIATE')
    const table = db === records.db ? 'customers' : 'customer_versions'
    db.exec(`UPDATE ${table} SET id = id || '-half written'`)
  }
  const killed = copyOf(dir)
  for (const db of databases) db.exec('ROLLBACK')
  shut(session)
  return killed
}

test(
  'one flipped bit in a vault that was killed in the middle of a commit is named, or changes nothing',
  async () => {
    const dir = await killedInCommit()
    expect(statSync(join(dir, 'records.db-journal')).size).toBeGreaterThan(4096)
    expect(await flipMany('a vault killed in the middle of a commit', dir, killedTrials, true)).toEqual([])
  },
  40 * 60_000,
)
