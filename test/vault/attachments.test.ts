// Attachments: in and out byte for byte, encrypted with keys of their own, once a content, checked at each read.
import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isChannel } from '../../shared/contract/index.ts'
import type { Output } from '../../shared/contract/index.ts'
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

/** A file of exactly this name. */
function named(content: string | Uint8Array, name: string): string {
  const folder = freshPath('folder')
  mkdirSync(folder)
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Files of attachments in the vault's folder. */
function filesIn(vault: TestVault): string[] {
  return readdirSync(join(vault.dir, 'attachments'), { recursive: true })
    .map(String)
    .filter((name) => name.includes('.'))
    .map((name) => join(vault.dir, 'attachments', name))
}

const attach = (vault: TestVault, complaintId: Output<'complaints.add'>['id'], path: string, note = '') =>
  vault.call('attachments.add', { complaintId, path, note })

const verified = async (vault: TestVault) => {
  const { findings, checked } = await vault.call('vault.verify', {})
  return { codes: findings.map(({ code }) => code), attachments: checked.attachments }
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
    expect(isChannel('attachments.open')).toBe(false)
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

describe('saving', () => {
  test('never writes over anything, follows no link, and not into the vault', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const { attachmentId } = await attach(vault, id, fileWith('内容', 'a.txt'))
    const save = (out: string) => vault.call('attachments.save', { id: attachmentId, out, reason })
    const taken = fileWith('mine', 'taken.txt')
    expect(await codeOf(save(taken))).toBe('file.exists')
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    const link = freshPath('link.txt')
    const target = freshPath('elsewhere.txt')
    symlinkSync(target, link)
    expect(await codeOf(save(link))).toBe('file.exists')
    expect(existsSync(target)).toBe(false)
    expect(await codeOf(save(join(vault.dir, 'a.txt')))).toBe('input.invalid')
    expect(await codeOf(save(join(vault.dir, 'attachments', 'a.txt')))).toBe('input.invalid')
    expect(await codeOf(save(join(freshPath('none'), 'a.txt')))).toBe('file.notFound')
    const revealed = await vault.call('audit.list', { action: 'attachments.revealed' })
    expect(revealed.items).toEqual([])
  })

  test('damage goes out as no file, and the log says that it failed', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const { attachmentId } = await attach(vault, id, fileWith(randomBytes(300_000), 'a.bin'))
    const [file] = filesIn(vault)
    const bytes = readFileSync(present(file))
    bytes.writeUInt8(bytes.readUInt8(200_000) ^ 1, 200_000)
    writeFileSync(present(file), bytes)
    const out = freshPath('a.bin')
    expect(await codeOf(vault.call('attachments.save', { id: attachmentId, out, reason }))).toBe(
      'attachment.damaged',
    )
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(dirname(out)).filter((name) => name.startsWith('.guicang'))).toEqual([])
    const [last] = (await vault.call('audit.list', {})).items
    expect(last).toMatchObject({ action: 'attachments.saveFailed', detail: { code: 'attachment.damaged' } })
  })
})

describe('what a check finds', () => {
  test('a flipped bit, a file cut short, one that is gone, one that is another’s, one too many', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    for (const name of ['a', 'b', 'c', 'd', 'e']) await attach(vault, id, fileWith(randomBytes(90_000), name))
    const [flipped = '', cut = '', gone = '', other = '', good = ''] = filesIn(vault)
    const bytes = readFileSync(flipped)
    bytes.writeUInt8(bytes.readUInt8(80_000) ^ 1, 80_000)
    writeFileSync(flipped, bytes)
    truncateSync(cut, 70_000)
    rmSync(gone)
    writeFileSync(other, readFileSync(good))
    const folder = join(vault.dir, 'attachments', 'ab')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'stranger.exe'), 'MZ')
    const { codes, attachments } = await verified(vault)
    expect(codes.toSorted()).toEqual([
      'attachment.damaged',
      'attachment.damaged',
      'attachment.damaged',
      'attachment.missing',
      'attachment.unknown',
    ])
    expect(attachments).toBe(5)
  })

  test('content that was lost and comes again is stored again', async () => {
    const vault = await aVault()
    const { id } = await aComplaint(vault)
    const path = fileWith(randomBytes(1000), 'a.bin')
    await attach(vault, id, path)
    rmSync(present(filesIn(vault)[0]))
    const again = await attach(vault, id, path)
    const out = freshPath('a.bin')
    await vault.call('attachments.save', { id: again.attachmentId, out, reason })
    expect(readFileSync(out).equals(readFileSync(path))).toBe(true)
    expect(basename(present(filesIn(vault)[0]))).toMatch(/^[0-9a-f]{32}\.age$/)
    expect((await verified(vault)).codes).toEqual(['attachment.missing'])
  })
})
