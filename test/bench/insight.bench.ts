// The dashboard and the one search box over many complaints.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { v7 as uuidv7 } from 'uuid'
import { zoneSpans } from '../../electron/domain/stats/zone.ts'
import { createDatabase } from '../../electron/vault/store/driver.ts'
import { migrations } from '../../electron/vault/store/migrations/index.ts'
import { migrate } from '../../electron/vault/store/migrations/runner.ts'
import { emptyCaseRow } from '../../electron/vault/store/repositories/cases.ts'
import { indexTokens, numberTokens, queryExpression } from '../../electron/domain/search-tokens.ts'
import { recordsStore, type RecordsStore } from '../../electron/vault/store/store.ts'
import type { Measurement, Row } from './measurement.ts'
import { folder, importRows, percentile, timed } from './subjects.ts'

/** Three complaints a customer of the search measurement. */
const complaints = importRows * 15
/** Lines of history: 10 for every 3 complaints, a million in all. */
const eventsOf = (n: number) => (n % 3 === 0 ? 4 : 3)
const times = 20
const range = { from: '2024-01-01', until: '2024-12-31~' }

const categories = ['退款', '预付卡', '物流', '质量', '服务态度', '账户', '隐私', '其他']
const statuses = [
  'received',
  'investigating',
  'awaiting-customer',
  'resolved',
  'closed',
  'closed',
  'closed',
  'withdrawn',
]
const words = ['游泳卡', '优惠券', '快递破损', '客服电话', '到期未退', '重复扣款', '发票', '会员资格']
const people = Array.from({ length: 9 }, () => randomUUID())
const pick = (from: readonly string[], number: number) => from[number % from.length] ?? ''
const two = (number: number) => String(number).padStart(2, '0')

function fill(records: RecordsStore): void {
  records.db.transaction(() => {
    for (let n = 0; n < complaints; n++) {
      const day = `202${3 + (n % 3)}-${two(1 + (n % 12))}-${two(1 + (n % 28))}`
      const status = pick(statuses, n * 7)
      const ended = ['resolved', 'closed', 'withdrawn'].includes(status)
      const narrative =
        `${pick(words, n)}，${pick(words, n * 3 + 1)}，第${n}次来电，要求${pick(categories, n)}。`.repeat(6)
      const id = uuidv7()
      const no = `TS${String(n).padStart(7, '0')}`
      const seq = records.complaints.add({
        id,
        complaint_no: no,
        customer_id: null,
        customer_no: `KH${n % importRows}`,
        customer_name: '欧**',
        customer_mobile: '138****1234',
        received_at: `${day}T${two(n % 24)}:${two(n % 60)}`,
        channel: pick(['电话', '网站', '来访', '信函'], n),
        category: pick(categories, n * 5),
        subcategory: '',
        issue: '',
        sub_issue: '',
        status,
        handler: '',
        amount: '',
        closed_at: ended ? `${day}T23:59` : '',
        narrative,
        outcome: '',
        unreviewed: 0,
        extra_columns: '[]',
        warnings: '[]',
        duplicate: 0,
        batch_no: 0,
        batch_row: 0,
        revision: 1,
        hand_edited: 0,
        updated_at: '',
        identity_version: '',
        identity_digest: '',
      })
      if (n % 3 === 0)
        records.cases.put({
          ...emptyCaseRow(seq, id),
          assignee: pick(people, n),
          severity: 'low',
          satisfaction: '4',
        })
      for (let step = 0; step < eventsOf(n); step++)
        records.events.add({
          complaint_id: id,
          at: `${day}T2${step}:00:00.000Z`,
          user: '',
          kind: pick(['note', 'call', 'status'], step),
          from_status: null,
          to_status: step === 2 && ended ? 'closed' : null,
          text: narrative,
          identity_version: '',
          identity_digest: '',
        })
      records.complaintSearch.add(seq, {
        name: '',
        nums: numberTokens(no.slice(2)),
        body: indexTokens(narrative),
      })
    }
  })()
}

function compare(what: string, vault: readonly number[], peer: readonly number[]): Row[] {
  const ratio = percentile(vault, 0.5) / percentile(peer, 0.5)
  return [
    ...[0.5, 0.95].map((share) => ({
      what: `${what}, p${share * 100}`,
      value: percentile(vault, share),
      unit: 'ms',
      note: `plain ${percentile(peer, share).toPrecision(3)} ms`,
    })),
    { what: `${what}, ratio at p50`, value: ratio, unit: '×', note: 'vault ÷ peer' },
  ]
}

const measurement: Measurement = {
  title: 'Dashboard and search box',
  about: `${complaints.toLocaleString('en')} complaints with ten lines of history for every three of them, a third of them worked on; the dashboard's numbers of one year, and the newest six hits for words and numbers. The peer runs the same statements on an unencrypted file of the same tables, in the same process: the difference is decryption.`,
  run: async () => {
    const file = join(folder, 'insight.db')
    const encrypted = createDatabase(file, 'ab'.repeat(32))
    migrate(encrypted, 'records', migrations.records)
    const plain = new Database(join(folder, 'insight-plain.db'))
    plain.pragma('temp_store = MEMORY')
    plain.pragma('cache_size = -65536')
    migrate(plain, 'records', migrations.records)
    const stores = [recordsStore(encrypted), recordsStore(plain)] as const
    for (const store of stores) fill(store)
    const spans = zoneSpans('Asia/Shanghai', '2024-01-01', '2025-12-31')
    const queries = [...words, 'TS00012', '0001234', '来电', '扣款']
    const steps: number[] = []
    const count = (store: RecordsStore) =>
      timed(times, () => {
        const counting = store.stats.counting(range, spans, '2025-06-01T00:00:00.000Z')
        for (let done = false; !done;) {
          const begun = performance.now()
          done = counting.next().done === true
          if (store === stores[0]) steps.push(performance.now() - begun)
        }
      })
    const search = (store: RecordsStore) =>
      timed(times * 5, (index) => {
        const query = pick(queries, index)
        const match = queryExpression(query)?.match ?? ''
        store.complaints.byNumber(query, 6)
        for (const column of ['nums', 'body']) {
          const ids = store.complaints.idsOfSeqs(
            store.complaintSearch.matchNewest(`${column} : (${match})`, 24),
          )
          store.complaints.list({ ids, limit: 6 })
        }
      })
    const rows = [
      ...compare('numbers of a year', await count(stores[0]), await count(stores[1])),
      {
        what: 'numbers of a year, longest step that nobody is let in',
        value: Math.max(...steps),
        unit: 'ms',
        note: `p99 ${percentile(steps, 0.99).toPrecision(3)} ms`,
      },
      ...compare('search box', await search(stores[0]), await search(stores[1])),
    ]
    encrypted.close()
    plain.close()
    return rows
  },
}
export default measurement
