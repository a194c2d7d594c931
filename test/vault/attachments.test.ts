// Attachments: in and out byte for byte, encrypted with keys of their own, once a content, checked at each read.
import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attach, filesIn, named, verified } from '../support/attachments.ts'
import {
  aVault,
  codeOf,
  dump,
  fileWith,
  freshPath,
  present,
  rawDb,
  refusal,
  testJob,
  type TestVault,
} from '../support/vault.ts'

const reason = '核对客户寄来的凭据'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

async function aComplaint(vault: TestVault) {
  const customer = await vault.call('customers.add', { name: '欧阳懿一', mobile: '13892483177' })
  return vault.call('complaints.add', { customerId: customer.id, narrative: '来电投诉。' })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('a file that is attached', () => {
  test('comes out as it went in; records know a redacted name, its kind and its size, and nothing clear', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const content = randomBytes(700_001)
    const path = fileWith(content, '欧阳懿一 13892483177 合同.bin')
    const added = await attach(vault, id, path, '欧阳懿一寄来')
    expect(added).toMatchObject({ sha256: sha256(content), size: content.length })
    const [item] = (await vault.call('attachments.list', { complaintId: id })).items
    expect(item).toMatchObject({
      id: added.attachmentId,
      type: 'application/octet-stream',
      size: content.length,
      state: 'there',
      preview: 'none',
    })
    expect(present(item).name).toContain('合同.bin')
    expect(present(item).name).not.toMatch(/欧阳懿一|13892483177/)
    const out = freshPath('out.bin')
    expect(await vault.call('attachments.save', { id: added.attachmentId, out, reason })).toEqual({
      out,
      sha256: sha256(content),
      size: content.length,
    })
    expect(readFileSync(out).equals(content)).toBe(true)
    expect(statSync(out).mode & 0o777).toBe(0o600)
    const records = rawDb(join(vault.dir, 'records.db'), vault.session.keys.records)
    const all = dump(records).join('\n')
    records.close()
    expect(all).not.toMatch(/欧阳懿一|13892483177/)
    expect(all).not.toContain(sha256(content))
    for (const file of filesIn(vault))
      expect(readFileSync(file).includes(content.subarray(0, 64))).toBe(false)
    expect(await verified(vault)).toEqual({ codes: [], attachments: 1 })
    expect((await vault.call('vault.getStatus', {})).counts.attachments).toBe(1)
  })

  test('each leaves its line in the history, each look too, with an entry of the log before it', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const { attachmentId } = await attach(vault, id, named(png, '收据.png'), '客户寄来的收据')
    await vault.call('attachments.preview', { id: attachmentId, reason })
    const { events } = await vault.call('complaints.get', { id })
    expect(events.slice(-2).map(({ kind, text }) => [kind, text])).toEqual([
      ['attachment', '收据.png\n客户寄来的收据'],
      ['reveal', `收据.png · ${reason}`],
    ])
    const { items } = await vault.call('audit.list', {})
    expect(items.slice(0, 2).map(({ action }) => action)).toEqual([
      'attachments.revealed',
      'attachments.added',
    ])
    expect(await codeOf(vault.call('attachments.preview', { id: attachmentId, reason: ' ' }))).toBe(
      'reason.required',
    )
    const blank = vault.call('attachments.save', { id: attachmentId, out: freshPath(), reason: '' })
    expect(await codeOf(blank)).toBe('reason.required')
  })

  test('is stored once, however often it comes; the file goes with the last that names it', async () => {
    const vault = await aVault()
    const first = await aComplaint(vault)
    const second = await vault.call('complaints.add', { narrative: '另一件。' })
    const content = randomBytes(5000)
    const a = await attach(vault, first.id, named(content, 'a.bin'))
    const b = await attach(vault, second.id, fileWith(content, 'b.bin'))
    expect(filesIn(vault)).toHaveLength(1)
    const removed = await vault.call('attachments.remove', { id: a.attachmentId, reason: '重复' })
    expect(removed).toMatchObject({ state: 'removed', preview: 'none', name: 'a.bin' })
    expect(filesIn(vault)).toHaveLength(1)
    const out = freshPath('b.bin')
    await vault.call('attachments.save', { id: b.attachmentId, out, reason })
    expect(readFileSync(out).equals(content)).toBe(true)
    await vault.call('attachments.remove', { id: b.attachmentId, reason: '不相干' })
    expect(filesIn(vault)).toEqual([])
    expect(
      await codeOf(vault.call('attachments.save', { id: b.attachmentId, out: freshPath(), reason })),
    ).toBe('record.notFound')
    const identities = rawDb(join(vault.dir, 'identities.db'), present(vault.session.keys.identities))
    expect(identities.prepare('SELECT count(*) AS n FROM blobs').get()).toEqual({ n: 0 })
    identities.close()
    expect(await verified(vault)).toEqual({ codes: [], attachments: 0 })
    await vault.reopen()
    expect(await verified(vault)).toEqual({ codes: [], attachments: 0 })
  })

  test('has its name redacted again once the customer is known', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { customerNo: 'K9', narrative: '来信。' })
    await attach(vault, id, fileWith('信', 'letter of zhuo wenjun.txt'))
    expect((await vault.call('attachments.list', { complaintId: id })).items[0]?.name).toContain(
      'zhuo wenjun',
    )
    const rows = 'customer_no,name,mobile\nK9,zhuo wenjun,13892483177\n'
    await vault.call('imports.run', { path: fileWith(rows, '客户.csv'), kind: 'customers' })
    expect((await vault.call('attachments.list', { complaintId: id })).items[0]?.name).not.toContain('wenjun')
    expect(await verified(vault)).toEqual({ codes: [], attachments: 1 })
  })

  test('keeps its complaint from going with the batch', async () => {
    const vault = await aVault()
    const path = fileWith('complaint_no,narrative\nTS1,来电\n', '投诉.csv')
    const { batchId } = await vault.call('imports.run', { path, kind: 'complaints' })
    const [complaint] = (await vault.call('complaints.list', {})).items
    await attach(vault, present(complaint).id, fileWith('x', 'x.txt'))
    expect(await codeOf(vault.call('imports.undo', { batchId: present(batchId) }))).toBe('import.batchInUse')
  })

  test('is for people with identities open', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const { attachmentId } = await attach(vault, id, fileWith('x', 'x.txt'))
    present(vault.session.store.identities).db.close()
    vault.session.store.identities = undefined
    expect(await codeOf(attach(vault, id, fileWith('y', 'y.txt')))).toBe('identities.closed')
    expect(await codeOf(vault.call('attachments.preview', { id: attachmentId, reason }))).toBe(
      'identities.closed',
    )
    expect((await vault.call('attachments.list', { complaintId: id })).items).toHaveLength(1)
  })
})

describe('what isn’t taken in', () => {
  test('3 GB are refused at once; so are a folder, a pipe that nobody writes, and nothing', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const large = fileWith('', 'large.bin')
    truncateSync(large, 3 * 1024 ** 3)
    const started = performance.now()
    expect(await refusal(attach(vault, id, large))).toMatchObject({
      code: 'file.tooLarge',
      fields: [{ field: 'path', rule: 'mostMegabytes', value: '200' }],
    })
    expect(performance.now() - started).toBeLessThan(1000)
    const folder = freshPath('folder')
    mkdirSync(folder)
    expect(await codeOf(attach(vault, id, folder))).toBe('file.unreadable')
    expect(await codeOf(attach(vault, id, freshPath('none')))).toBe('file.notFound')
    expect(await codeOf(attach(vault, id, '/dev/zero'))).toBe('file.unreadable')
    expect(filesIn(vault)).toEqual([])
    expect((await vault.call('attachments.list', { complaintId: id })).items).toEqual([])
    await vault.reopen()
    expect(await verified(vault)).toEqual({ codes: [], attachments: 0 })
  })

  test.each([
    ['grows', (path: string) => appendFileSync(path, 'more')],
    ['shrinks', (path: string) => truncateSync(path, 1000)],
    ['is written over', (path: string) => writeFileSync(path, randomBytes(3_000_000))],
    [
      'is replaced by another of its size',
      (path: string) => {
        writeFileSync(`${path}.new`, randomBytes(3_000_000))
        renameSync(`${path}.new`, path)
      },
    ],
  ] as const)('a file that %s while it is read', async (_how, change) => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const path = fileWith(randomBytes(3_000_000), 'busy.bin')
    let done = false
    const job = testJob(undefined, () => {
      if (done) return
      done = true
      change(path)
    })
    expect(await codeOf(vault.call('attachments.add', { complaintId: id, path }, job))).toBe('file.changed')
    expect(done).toBe(true)
    expect(filesIn(vault)).toEqual([])
    expect(await verified(vault)).toEqual({ codes: [], attachments: 0 })
  })

  test('one that is cancelled half way leaves nothing', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const path = fileWith(randomBytes(3_000_000), 'long.bin')
    const controller = new AbortController()
    const job = testJob(controller.signal, ({ done }) => {
      if (done > 0) controller.abort()
    })
    expect(await codeOf(vault.call('attachments.add', { complaintId: id, path }, job))).toBe('job.cancelled')
    expect(filesIn(vault)).toEqual([])
    expect(await verified(vault)).toEqual({ codes: [], attachments: 0 })
  })
})
