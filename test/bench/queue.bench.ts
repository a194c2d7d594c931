// Queues of a large vault: a page of each, in each order, and all counts.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3-multiple-ciphers'
import { createDatabase } from '../../electron/vault/store/driver.ts'
import { migrate } from '../../electron/vault/store/migrations/runner.ts'
import type { QueueFrame } from '../../electron/vault/store/repositories/complaint-filter.ts'
import { complaintsRepository } from '../../electron/vault/store/repositories/complaints.ts'
import { complaintQueues, type ComplaintSort, complaintSorts } from '../../shared/types/complaint.ts'
import type { Measurement, Row } from './measurement.ts'
import { importRows, openPlain, percentile, timed } from './subjects.ts'

const complaints = importRows * 15
const times = 15
const page = 100

const frame: QueueFrame = {
  me: '01900000-0000-7000-8000-00000000000a',
  now: '2026-06-01T00:00:00.000Z',
  weekEnd: '2026-06-07T16:00:00.000Z',
  closedSince: '2026-05-02',
}

/** A third closed, a sixth of the rest assigned to one of eight people, every open one with a due time around now. */
function fill(db: Database.Database): void {
  db.exec(`
    INSERT INTO complaints WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${complaints})
      SELECT i, printf('01900000-0000-7000-9000-%012x', i), printf('TS%07d', i), NULL, '', '张**', '138****1234',
        date('2026-06-01', '-' || ((i * 7919) % 900) || ' days'), '电话', '类别' || (i % 12), '', '', '',
        CASE i % 9 WHEN 0 THEN 'received' WHEN 1 THEN 'acknowledged' WHEN 2 THEN 'investigating' WHEN 3 THEN 'awaiting-customer'
          WHEN 4 THEN 'escalated' WHEN 5 THEN 'reopened' ELSE 'closed' END, '', '320.50',
        CASE WHEN i % 9 > 5 THEN date('2026-06-01', '-' || (i % 400) || ' days') ELSE '' END,
        '购买的商品一直没有发货，要求退款。' || i, '', 0, '[]', '[]', 0, 0, i, 1, 0, '2026-01-01T00:00:00.000Z', '', '' FROM n;
    INSERT INTO cases SELECT seq, id, CASE WHEN seq % 6 = 0 THEN '01900000-0000-7000-8000-00000000000' || substr('abcdef01', 1 + (seq / 6) % 8, 1) ELSE '' END,
      CASE seq % 5 WHEN 0 THEN 'high' WHEN 1 THEN 'medium' WHEN 2 THEN 'low' ELSE '' END,
      '', '', '', '', '', '', CASE WHEN seq % 40 = 0 THEN 'regulator' ELSE '' END, '', '', '', '', '' FROM complaints WHERE seq % 2 = 0;
    INSERT INTO case_due SELECT seq, strftime('%Y-%m-%dT15:59:59.999Z', '2026-06-01', ((seq * 31) % 90 - 60) || ' days'), 'resolve'
      FROM complaints WHERE status NOT IN ('closed', 'awaiting-customer');
  `)
}

async function measured(db: Database.Database): Promise<Map<string, number[]>> {
  const { list, count } = complaintsRepository(db)
  const all = new Map<string, number[]>()
  const page1 = (sort: ComplaintSort, queue?: (typeof complaintQueues)[number]) =>
    timed(times, () => {
      const { items } = list({ ...(queue === undefined ? {} : { queue }), sort, limit: page }, frame)
      if (items.length === 0) throw new Error('an empty queue')
    })
  for (const sort of complaintSorts) {
    const pages: number[] = []
    for (const queue of complaintQueues) pages.push(...(await page1(sort, queue)))
    all.set(`page of a queue, by ${sort}`, pages)
    all.set(`page of all, by ${sort}`, await page1(sort))
  }
  const counts = await timed(times, () => {
    for (const queue of complaintQueues) count({ queue }, frame)
  })
  all.set('counts of all queues', counts)
  return all
}

const measurement: Measurement = {
  title: 'Queues',
  about: `${complaints.toLocaleString('en')} complaints, two thirds open, half of them worked on; first ${page} rows of each of the ${complaintQueues.length} queues, ${times} times each, and the counts of all of them at once. The peer is the same query on the same tables in a plain SQLite file.`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guicang-queue-'))
    try {
      const vault = createDatabase(join(folder, 'records.db'), randomBytes(32).toString('hex'))
      const plain = openPlain(join(folder, 'plain.db'))
      const rows: Row[] = []
      const both: Map<string, number[]>[] = []
      for (const db of [vault, plain]) {
        migrate(db, 'records')
        fill(db)
        both.push(await measured(db))
        db.close()
      }
      const [own, peer] = both
      for (const [what, numbers] of own ?? []) {
        const peers = peer?.get(what) ?? []
        for (const share of [0.5, 0.95]) {
          const value = percentile(numbers, share)
          const other = percentile(peers, share)
          const name = share === 0.5 ? 'p50' : 'p95'
          rows.push({ what: `${what}, ${name}`, value, unit: 'ms', note: `plain ${other.toPrecision(3)} ms` })
        }
        const ratio = percentile(numbers, 0.5) / percentile(peers, 0.5)
        rows.push({ what: `${what}, ratio at p50`, value: ratio, unit: '×', note: 'vault ÷ peer' })
      }
      return rows
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
export default measurement
