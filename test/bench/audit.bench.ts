// Writing and proving a long log.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Findings } from '../../electron/vault/audit/findings.ts'
import { appendEntry } from '../../electron/vault/audit/log.ts'
import { verifyEntries } from '../../electron/vault/audit/verify-log.ts'
import { createJob } from '../../electron/vault/process/jobs.ts'
import { createDatabase } from '../../electron/vault/store/driver.ts'
import { migrate } from '../../electron/vault/store/migrations/runner.ts'
import { recordsStore } from '../../electron/vault/store/store.ts'
import type { Measurement } from './measurement.ts'
import { importRows, openPlain, percentile, timed, vaultOf } from './subjects.ts'

const entries = importRows * 50
const commits = 300
/** Rows of the vault whose rows are held against their leaves. */
const rows = importRows * 5

const entry = (index: number) => ({
  at: new Date(1_790_000_000_000 + index * 1000).toISOString(),
  action: 'customers.revealed',
  subject: '0190a0b0-0000-7000-8000-000000000001',
  detail: { fields: ['mobile'], reason: '核对身份' },
})
const actor = { personId: '0190a0b0-0000-7000-8000-000000000002', user: '林晓' }

/** Milliseconds of a whole verification, and of each request that was answered meanwhile. */
async function verifiedBeside(): Promise<{ verify: number; waits: number[] }> {
  const { connection } = await vaultOf(rows)
  const state = { running: true }
  const verification = timed(1, async () => {
    const { ok } = await connection.call('audit.verify', {})
    if (!ok) throw new Error('a healthy vault was called damaged')
  }).finally(() => {
    state.running = false
  })
  const waits: number[] = []
  while (state.running) waits.push(...(await timed(1, () => connection.call('customers.list', { limit: 1 }))))
  const [verify = Number.NaN] = await verification
  return { verify, waits }
}

const measurement: Measurement = {
  title: 'Log',
  about: `${entries.toLocaleString('en')} entries in an encrypted file, each hashed into the tree; then ${commits} with a commit of their own, as work by hand makes them; then the whole log verified: every entry hashed again, the tree held against the one that is kept. The peer writes the same rows to one plain SQLite file, and reads them back. Last, \`audit.verify\` through the gate in a vault of ${rows.toLocaleString('en')} customers, each held against its leaf, while somebody else asks for the first customer again and again.`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guicang-log-'))
    const db = createDatabase(join(folder, 'records.db'), 'ab'.repeat(32))
    migrate(db, 'records')
    const records = recordsStore(db)
    const [append = 1] = await timed(1, () => {
      db.transaction(() => {
        for (let index = 0; index < entries; index += 1) appendEntry(records, actor, entry(index))
      })()
    })
    const single = await timed(commits, (index) => {
      db.transaction(() => appendEntry(records, actor, entry(entries + index)))()
    })
    const findings = new Findings()
    const job = createJob(new AbortController().signal, () => {})
    const [verify = 1] = await timed(1, () => verifyEntries(records, 'bench', [], findings, job))
    if (findings.list.length > 0) throw new Error('a healthy log was called damaged')
    db.close()

    const plain = openPlain(join(folder, 'plain.db'))
    plain.exec(
      'CREATE TABLE log (idx INTEGER PRIMARY KEY, at TEXT, person TEXT, user TEXT, action TEXT, subject TEXT, detail TEXT)',
    )
    const insert = plain.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)')
    const put = (index: number): void => {
      const { at, action, subject, detail } = entry(index)
      insert.run(index, at, actor.personId, actor.user, action, subject, JSON.stringify(detail))
    }
    const [write = 1] = await timed(1, () => {
      plain.transaction(() => {
        for (let index = 0; index < entries; index += 1) put(index)
      })()
    })
    const plainSingle = await timed(commits, (index) => put(entries + index))
    const [read = 1] = await timed(1, () => {
      let read = 0
      for (const _row of plain.prepare('SELECT * FROM log').iterate()) read += 1
      return read
    })
    plain.close()
    rmSync(folder, { recursive: true, force: true })
    const beside = await verifiedBeside()
    const rate = (ms: number): number => (entries / ms) * 1000
    const [own, other] = [percentile(single, 0.5), percentile(plainSingle, 0.5)]
    return [
      { what: 'appended', value: rate(append), unit: 'entries/s', note: 'one transaction' },
      { what: 'peer written', value: rate(write), unit: 'rows/s', note: 'one transaction' },
      { what: 'ratio', value: append / write, unit: '×', note: 'time, log ÷ peer' },
      { what: 'appended, a commit each', value: own, unit: 'ms', note: `median of ${commits}` },
      { what: 'peer, a commit each', value: other, unit: 'ms', note: `median of ${commits}` },
      { what: 'ratio', value: own / other, unit: '×', note: 'log ÷ peer' },
      { what: 'verified', value: rate(verify), unit: 'entries/s' },
      { what: 'peer read', value: rate(read), unit: 'rows/s' },
      { what: 'ratio', value: verify / read, unit: '×', note: 'time, log ÷ peer' },
      { what: 'rows held against their leaves', value: (rows / beside.verify) * 1000, unit: 'rows/s' },
      { what: 'a request meanwhile, p50', value: percentile(beside.waits, 0.5), unit: 'ms' },
      { what: 'a request meanwhile, longest', value: percentile(beside.waits, 1), unit: 'ms' },
    ]
  },
}
export default measurement
