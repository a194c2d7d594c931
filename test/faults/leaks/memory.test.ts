// What the processes of an open vault hold: for a reviewer no clear value at all; for an owner whose identities were closed
// none that anything still refers to. What V8 has not yet overwritten is counted, since nobody can wipe a string.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { named } from '../../support/attachments.ts'
import { complaintRow, csvOf, customerRow, customerRows } from '../../support/rows.ts'
import { aVault, fileWith, freshPath, lock, owner, passphrase, present } from '../../support/vault.ts'
import type { ClearValue } from './forms.ts'
import { hold, type Holder } from './hold.ts'
import { memoryMissing, scanMemory } from './memory.ts'
import { addReviewer, reviewer, reviewerPassphrase } from './reviewer.ts'
import { countByKind, type Scanner, scannerOf } from './scanner.ts'
import { countSecret } from './secrets.ts'
import { identitiesOf } from './sources.ts'

const missing = memoryMissing()
if (missing !== undefined) console.warn(`skipped: looking into memory, because ${missing}`)

/** Long enough for the work and the looking before it. */
const idleMs = 8000

/** Stands in a file, in its name and in a letter. */
const inFile: ClearValue = { kind: 'number', value: '17712093846' }
const letter = {
  templateId: 'interim',
  lang: 'zh-CN',
  fields: { progress: `已致电${inFile.value}。` },
} as const

let dir = ''
let keys: { records: string; identities: string }
let scanner: Scanner
/** A case with a file and a letter. */
let caseId = ''
const holders: Holder[] = []
afterAll(async () => {
  for (const holder of holders) await holder.end()
})

beforeAll(async () => {
  const vault = await aVault()
  const rows = customerRows(100)
  await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
  const complaints = rows.map((_row, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  const [first] = (await vault.call('complaints.list', {})).items
  const complaintId = present(first).id
  caseId = complaintId
  // In a folder of its own: the names beside a vault are listed when it is opened.
  const path = named(inFile.value, `${inFile.value}.txt`)
  await vault.call('attachments.add', { complaintId, path, note: `电话${inFile.value}` })
  await vault.call('letters.render', { ...letter, complaintId, out: freshPath('letter.pdf') })
  await addReviewer(vault.session)
  const { records, identities } = vault.session.keys
  keys = { records, identities: present(identities) }
  lock(vault.session)
  dir = vault.dir
  scanner = scannerOf([...rows.flatMap(identitiesOf), inFile])
})

async function open(
  mode: 'plain' | 'snapshots',
  user: string,
  words: string,
  identitiesMs?: number,
): Promise<Holder> {
  const holder = hold(mode, identitiesMs)
  holders.push(holder)
  await holder.call('vault.unlock', { path: dir, passphrase: words, user })
  return holder
}

interface Seen {
  bytes: number
  values: ClearValue[]
  identitiesKey: number
  recordsKey: number
  passphrase: number
}

function look(pid: number, words: string): Seen {
  const values = new Set<ClearValue>()
  const counts = { identitiesKey: 0, recordsKey: 0, passphrase: 0 }
  const { bytes } = scanMemory(pid, (part) => {
    for (const clear of scanner.find(part)) values.add(clear)
    counts.identitiesKey += countSecret(part, keys.identities)
    counts.recordsKey += countSecret(part, keys.records)
    counts.passphrase += countSecret(part, words)
  })
  return { bytes, values: [...values], ...counts }
}

function reachable(snapshot: Buffer, words: string): Omit<Seen, 'bytes'> {
  return {
    values: scanner.find(snapshot),
    identitiesKey: countSecret(snapshot, keys.identities),
    recordsKey: countSecret(snapshot, keys.records),
    passphrase: countSecret(snapshot, words),
  }
}

function say(what: string, { values, ...counts }: Omit<Seen, 'bytes'>): void {
  console.log(`memory, ${what}: ${values.length} of ${scanner.values} values`, countByKind(values), counts)
}

const listSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string(), mobile: z.string() })) })

const filesSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) })

async function maskedWork(holder: Holder): Promise<z.infer<typeof listSchema>> {
  const list = listSchema.parse(await holder.call('customers.list', { limit: 100 }))
  await holder.call('customers.list', { query: 'KH000007' })
  await holder.call('complaints.list', { limit: 200 })
  await holder.call('attachments.list', { complaintId: caseId })
  await holder.call('letters.list', { complaintId: caseId })
  await holder.call('letters.preview', { ...letter, fields: {}, complaintId: caseId })
  await holder.call('audit.list', {})
  await holder.call('exports.run', { kind: 'customers', format: 'csv', out: freshPath('bag') })
  await holder.call('vault.verify', {})
  return list
}

describe.skipIf(missing !== undefined)('a reviewer', { timeout: 300_000 }, () => {
  test('has no clear value and no identities key anywhere in the vault process', async () => {
    const holder = await open('plain', reviewer, reviewerPassphrase)
    const session = z.looseObject({ compartments: z.array(z.string()) })
    expect(session.parse(await holder.call('vault.getStatus', {})).compartments).toEqual(['records'])
    const list = await maskedWork(holder)
    const seen = look(holder.vaultPid(), reviewerPassphrase)
    say('a reviewer’s vault process', seen)
    expect(countByKind(seen.values)).toEqual({})
    expect(seen.identitiesKey).toBe(0)
    // The control: what the session may have is found there, the key that it has and what it has read.
    expect(seen.bytes).toBeGreaterThan(20 << 20)
    expect(seen.recordsKey).toBeGreaterThan(0)
    const masked = new Set<string>()
    scanMemory(holder.vaultPid(), (part) => {
      for (const { mobile } of list.items) if (part.includes(mobile)) masked.add(mobile)
    })
    expect(masked.size).toBeGreaterThan(0)
    await holder.call('vault.lock', {})
  })
})

describe.skipIf(missing !== undefined)('an owner', { timeout: 300_000 }, () => {
  let holder: Holder
  test('has clear values while identities are open: the control of what follows', async () => {
    holder = await open('snapshots', owner, passphrase, idleMs)
    const { items } = await maskedWork(holder)
    const first = present(items[0])
    await holder.call('customers.list', { query: customerRow(3).手机号 })
    await holder.call('customers.reveal', { id: first.id, fields: ['mobile'], reason: '核对' })
    const looked = { complaintId: caseId, reason: '核对' }
    await holder.call('letters.previewClear', { ...letter, ...looked })
    const { items: files } = filesSchema.parse(await holder.call('attachments.list', { complaintId: caseId }))
    await holder.call('attachments.preview', { id: present(files[0]).id, reason: '核对' })
    const seen = look(holder.vaultPid(), passphrase)
    say('an owner’s vault process', seen)
    expect(seen.values.length).toBeGreaterThan(10)
    expect(seen.values).toContain(inFile)
    expect(seen.identitiesKey).toBeGreaterThan(0)
  })

  test('has none that can be reached once they are closed, nor the key, nor the passphrase', async () => {
    const status = z.looseObject({ session: z.looseObject({ compartments: z.array(z.string()) }) })
    await delay(idleMs + 1500)
    expect(status.parse(await holder.call('vault.getSession', {})).session.compartments).toEqual(['records'])
    say('an owner’s vault process, identities closed', look(holder.vaultPid(), passphrase))
    const held = reachable(await holder.snapshot(holder.vaultPid()), passphrase)
    say('the same, what is still referred to', held)
    expect(countByKind(held.values)).toEqual({})
    expect([held.identitiesKey, held.passphrase]).toEqual([0, 0])
    // The control: the key that the session still has is seen.
    expect(held.recordsKey).toBeGreaterThan(0)
  })

  test('leaves nothing of it in main: no passphrase, no key, not even what was revealed', async () => {
    const snapshot = await holder.snapshot(holder.pid)
    const held = reachable(snapshot, passphrase)
    say('main, what is still referred to', held)
    say('main, all there is', look(holder.pid, passphrase))
    expect(countByKind(held.values)).toEqual({})
    expect([held.passphrase, held.recordsKey, held.identitiesKey]).toEqual([0, 0, 0])
    expect(snapshot.includes(dir)).toBe(true)
  })
})
