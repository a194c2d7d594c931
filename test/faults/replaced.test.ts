// Files of a vault put back, cut, exchanged or taken away: pages of an older copy in their old place carry a valid
// authentication code, whole files are sound in themselves. All of it is named.
import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, lock, openAt, passphrase, rawDb } from '../support/vault.ts'
import { dice, publish, Tally, trials } from './support/settings.ts'
import { contentOf, copyOf, examine, livedIn, remove, workOn } from './support/tampered.ts'

const pageBytes = 4096
const databases = ['records.db', 'identities.db'] as const
const replayed = trials({ short: 40, long: 400 })
const tallies: [string, Tally][] = []

/** The same vault on two days, and another vault with the same passphrase. */
let older = ''
let newer = ''
let other = ''
let keys: Record<(typeof databases)[number], string>

beforeAll(async () => {
  const dir = await livedIn()
  older = copyOf(dir)
  const vault = await aVault({ dir, codes: [] })
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(12, 900))), kind: 'customers' })
  await workOn(vault)
  const [complaint] = (await vault.call('complaints.list', { status: 'received' })).items
  if (complaint !== undefined)
    await vault.call('complaints.setStatus', { id: complaint.id, status: 'acknowledged', note: '已受理' })
  await changePassphrase(vault.context, { passphrase, newPassphrase: passphrase, workFactor: 10 })
  keys = { 'records.db': vault.session.keys.records, 'identities.db': vault.session.keys.identities ?? '' }
  lock(vault.session)
  newer = copyOf(dir)
  other = await livedIn()
}, 10 * 60_000)

afterAll(() => {
  publish(
    'replaced',
    'Every page of the older copy of a vault that differs from the newer one is put back in its place, one at a time ("replayed"); files are cut, taken away, exchanged with those of another vault, or put back whole.',
    tallies,
  )
})

function pageOf(bytes: Buffer, number: number): Buffer {
  return bytes.subarray((number - 1) * pageBytes, number * pageBytes)
}

const owner = z.tuple([z.number(), z.string()])

/**
 * Which acts are under way: emptied when both compartments have settled, and looked at once, at the next opening. An old page of
 * it is harmless where the vault then holds what it held.
 */
const bookkeeping = ['commits', 'pending_commits']

/** Which table or index each page of the newer file belongs to. */
function ownersOf(name: (typeof databases)[number]): Map<number, string> {
  const dir = copyOf(newer)
  const db = rawDb(join(dir, name), keys[name])
  const rows = db.prepare('SELECT pageno, name FROM dbstat').raw().all()
  db.close()
  remove(dir)
  return new Map(rows.map((row) => owner.parse(row)))
}

test.each(databases)(
  'a page of %s from an older copy is named',
  async (name) => {
    const tally = new Tally()
    tallies.push([`replayed pages of ${name}`, tally])
    const [old, now] = [readFileSync(join(older, name)), readFileSync(join(newer, name))]
    const both = Math.min(old.length, now.length) / pageBytes
    const differing = Array.from({ length: both }, (_, index) => index + 1).filter(
      (number) => !pageOf(old, number).equals(pageOf(now, number)),
    )
    const owners = ownersOf(name)
    const random = dice(`replay ${name}`)
    const chosen = differing.filter(() => random.next() < replayed / 2 / differing.length)
    const held = contentOf((await examine(copyOf(newer))).picture)
    const faults: string[] = []
    for (const number of chosen) {
      const dir = copyOf(newer)
      const bytes = Buffer.from(now)
      pageOf(old, number).copy(bytes, (number - 1) * pageBytes)
      writeFileSync(join(dir, name), bytes)
      const { named, when, picture } = await examine(dir)
      remove(dir)
      tally.add('trials')
      const harmless = bookkeeping.includes(owners.get(number) ?? '') && contentOf(picture) === held
      if (named !== undefined) tally.add(`named ${when}`)
      else if (harmless) tally.add('harmless')
      else faults.push(`page ${number} of ${owners.get(number) ?? 'no table'}: said to be well`)
      if (named?.includes('internal') === true) faults.push(`page ${number}: ${named}`)
    }
    expect(faults).toEqual([])
  },
  40 * 60_000,
)

interface Tampering {
  what: string
  with: (dir: string) => void
}

const cut = (name: string, share: number): Tampering => ({
  what: `${name} cut to ${(share * 100).toFixed(1)} %`,
  with: (dir) => {
    truncateSync(join(dir, name), Math.floor(statSync(join(dir, name)).size * share))
  },
})
const lastPage = (name: string): Tampering => ({
  what: `${name} without its last page`,
  with: (dir) => {
    truncateSync(join(dir, name), statSync(join(dir, name)).size - pageBytes)
  },
})
const missing = (name: string): Tampering => ({
  what: `${name} missing`,
  with: (dir) => {
    rmSync(join(dir, name))
  },
})
const from = (title: string, source: () => string, ...names: string[]): Tampering => ({
  what: `${names.join(' and ')} ${title}`,
  with: (dir) => {
    for (const name of names) copyFileSync(join(source(), name), join(dir, name))
  },
})

const all = ['vault.json', ...databases] as const
const table: Tampering[] = [
  ...all.flatMap((name) => [...[0, 0.1, 0.5, 0.9, 0.999].map((share) => cut(name, share)), missing(name)]),
  ...databases.map(lastPage),
  ...all.map((name) => from('of another vault', () => other, name)),
  from('of another vault', () => other, ...databases),
  from('of another vault', () => other, 'vault.json', 'records.db'),
  from('of another vault', () => other, 'vault.json', 'identities.db'),
  ...all.map((name) => from('of an older copy', () => older, name)),
  from('of an older copy', () => older, 'vault.json', 'identities.db'),
  from('of an older copy', () => older, 'vault.json', 'records.db'),
]

const wholes = new Tally()
test.each(table)('$what is named', async ({ with: tamper }) => {
  if (wholes.counts.size === 0) tallies.push(['files cut, missing, exchanged or put back', wholes])
  const dir = copyOf(newer)
  tamper(dir)
  const { named, when } = await examine(dir)
  remove(dir)
  wholes.add('trials')
  wholes.add(`named ${when}`)
  expect(named).toBeDefined()
  expect(named).not.toContain('internal')
})

test('the copies themselves are sound', async () => {
  for (const dir of [older, newer, other]) {
    lock(await openAt(copyOf(dir)))
    expect((await examine(copyOf(dir))).named).toBeUndefined()
  }
})
