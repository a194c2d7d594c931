// Finding and turning pages in a large vault.
import { z } from 'zod'
import { queryExpression } from '../../electron/domain/search-tokens.ts'
import { customerCells } from './customers.ts'
import type { Measurement, Row } from './measurement.ts'
import { peerOf, percentile, searchRows, timed, vaultOf } from './subjects.ts'

const page = 100
const times = 150

const rows = z.array(z.looseObject({ seq: z.number() }))
const count = z.object({ n: z.number() })

/** Queries as people type them, spread over the whole file. */
function queriesOf(kind: 'name' | 'mobile' | 'tail'): string[] {
  return Array.from({ length: times }, (_, index) => {
    const [, name = '', , mobile = ''] = customerCells((index * 7919) % searchRows)
    return kind === 'name' ? name : kind === 'mobile' ? mobile : mobile.slice(-6)
  })
}

function compare(what: string, vault: readonly number[], peer: readonly number[]): Row[] {
  const at = (numbers: readonly number[], share: number) => percentile(numbers, share)
  return [
    {
      what: `${what}, p50`,
      value: at(vault, 0.5),
      unit: 'ms',
      note: `plain ${at(peer, 0.5).toPrecision(3)} ms`,
    },
    {
      what: `${what}, p95`,
      value: at(vault, 0.95),
      unit: 'ms',
      note: `plain ${at(peer, 0.95).toPrecision(3)} ms`,
    },
    { what: `${what}, ratio at p50`, value: at(vault, 0.5) / at(peer, 0.5), unit: '×', note: 'vault ÷ peer' },
  ]
}

const measurement: Measurement = {
  title: 'Search and pages',
  about: `${searchRows.toLocaleString('en')} customers; ${times} queries of each kind, first ${page} hits with their number, identities open, through the gate. A search asks both full-text indexes and commits an entry in the log before it answers. The peer runs the same full-text expression on its plain file, in its own process, without a log. The ratio is what the process boundary, the second index, the log's commit and decryption add.`,
  run: async () => {
    const { db } = await peerOf(searchRows)
    const { call } = (await vaultOf(searchRows)).connection
    const found = db.prepare(
      `SELECT * FROM customers WHERE seq IN (SELECT rowid FROM customer_search WHERE customer_search MATCH ? LIMIT 10000) ORDER BY seq LIMIT ${page}`,
    )
    const counted = db.prepare('SELECT count(*) AS n FROM customer_search WHERE customer_search MATCH ?')
    const paged = db.prepare(`SELECT * FROM customers WHERE seq > ? ORDER BY seq LIMIT ${page}`)
    const all = db.prepare('SELECT count(*) AS n FROM customers')

    const results: Row[] = []
    for (const kind of ['name', 'mobile', 'tail'] as const) {
      const queries = queriesOf(kind)
      const vault = await timed(times, async (index) => {
        const { total } = await call('customers.list', { query: queries[index] ?? '', limit: page })
        if (total === 0) throw new Error(`nothing found by ${kind}`)
      })
      const peer = await timed(times, (index) => {
        const match = queryExpression(queries[index] ?? '')?.match
        rows.parse(found.all(match))
        count.parse(counted.get(match))
      })
      results.push(...compare(`search by ${kind}`, vault, peer))
    }
    const starts = Array.from({ length: times }, (_, index) => (index * 7919) % (searchRows - page))
    const vaultPages = await timed(times, (index) =>
      call('customers.list', { after: String(starts[index] ?? 0), limit: page }),
    )
    const peerPages = await timed(times, (index) => {
      rows.parse(paged.all(starts[index]))
      count.parse(all.get())
    })
    return [...results, ...compare(`page of ${page}`, vaultPages, peerPages)]
  },
}
export default measurement
