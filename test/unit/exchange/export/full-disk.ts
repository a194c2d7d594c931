// Run as a process of its own on a tiny file system by csv-writer.test.ts; prints what the writers answered as JSON.
import { randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beginBag } from '../../../../electron/exchange/export/bag.ts'
import { writeCsv } from '../../../../electron/exchange/export/csv-writer.ts'
import { GuicangError } from '../../../../shared/errors.ts'
import { batchesOf, finishOf, makeSigner } from './sample-bag.ts'

const folder = process.argv[2] ?? ''
const codeOf = (error: unknown): string => (error instanceof GuicangError ? error.code : String(error))

const rows = Array.from({ length: 5_000 }, (_, index) => [`${index}`, randomBytes(40).toString('hex')])
const csv = await writeCsv(join(folder, 'a.csv'), ['guicang_id', 'value'], batchesOf(rows, 500)).then(
  () => 'written',
  codeOf,
)

const draft = await beginBag(join(folder, 'bag'))
await writeFile(draft.payloadPath('customers.csv'), 'guicang_id\r\n1\r\n')
await writeFile(draft.payloadPath('附件/说明.txt'), Buffer.alloc(30_000))
const finish = finishOf(makeSigner(), 1)
const bag = await draft
  .finish({ ...finish, tagFiles: { 'certificate.pdf': Buffer.alloc(60_000) } })
  .then(() => 'written', codeOf)

console.log(JSON.stringify({ csv, bag, left: await readdir(folder) }))
