// A large preview goes out part by part: each once, in order, to the session that gave the reason, and nothing of it stays.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { sessionActHandlers } from '../../electron/vault/process/session-acts.ts'
import { unusedMs } from '../../electron/vault/usecases/preview-parts.ts'
import type { Output } from '../../shared/contract/index.ts'
import { previewPartBytes } from '../../shared/types/attachment.ts'
import { previewIdSchema } from '../../shared/types/ids.ts'
import { filesIn, named } from '../support/attachments.ts'
import { aVault, codeOf, lock, present, refusal, type TestVault, testJob } from '../support/vault.ts'

const reason = '核对客户寄来的凭据'
const stranger = previewIdSchema.parse('0190a0b0-0000-4000-8000-000000000009')

afterEach(() => {
  vi.useRealTimers()
})

function pdfOf(bytes: number): Buffer {
  const content = randomBytes(bytes)
  content.write('%PDF-1.7\n', 'latin1')
  return content
}

async function stored(vault: TestVault, content: string | Uint8Array, name = '扫描.pdf') {
  const { id } = await vault.call('complaints.add', { narrative: '来信。' })
  const path = named(content, name)
  return (await vault.call('attachments.add', { complaintId: id, path })).attachmentId
}

type Begun = Exclude<Output<'attachments.preview'>['content'], { kind: 'text' }>

async function begin(vault: TestVault, id: Awaited<ReturnType<typeof stored>>): Promise<Begun> {
  const { content } = await vault.call('attachments.preview', { id, reason })
  if (content.kind === 'text') throw new Error('a text comes in one part')
  return content
}

/** An open preview of two and a half parts, its content, and what the process holds of it. */
async function opened(vault: TestVault) {
  const content = pdfOf(previewPartBytes * 2.5)
  const { base64, rest } = await begin(vault, await stored(vault, content))
  const part = (from: number, preview = present(rest)) =>
    vault.call('attachments.previewPart', { preview, from })
  return { content, base64, rest: present(rest), part, held: present(vault.session.preview).bytes }
}

const zeros = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
const reveals = async (vault: TestVault) =>
  (await vault.call('audit.list', { action: 'attachments.revealed' })).items.length

test('the parts are the file; the log has one entry, and after the last nothing is held', async () => {
  const vault = await aVault()
  const { content, base64, part, held } = await opened(vault)
  const parts = [base64]
  for (let from = previewPartBytes; from < content.length; from += previewPartBytes)
    parts.push((await part(from)).base64)
  expect(parts).toHaveLength(3)
  // Put together as text, too: that is how the window shows a picture.
  expect(Buffer.from(parts.join(''), 'base64').equals(content)).toBe(true)
  expect(await reveals(vault)).toBe(1)
  expect([vault.session.preview, zeros(held)]).toEqual([undefined, true])
  expect(await codeOf(part(content.length))).toBe('attachment.closed')
})

test('what fits into one part comes with the first answer, a byte more makes a second one', async () => {
  const vault = await aVault()
  const fits = pdfOf(previewPartBytes)
  expect(await begin(vault, await stored(vault, fits))).toEqual({
    kind: 'pdf',
    base64: fits.toString('base64'),
    rest: null,
  })
  expect(vault.session.preview).toBe(undefined)
  const more = pdfOf(previewPartBytes + 1)
  const { rest } = await begin(vault, await stored(vault, more))
  const last = await vault.call('attachments.previewPart', {
    preview: present(rest),
    from: previewPartBytes,
  })
  expect(last).toEqual({ base64: more.subarray(-1).toString('base64') })
  const text = await vault.call('attachments.preview', {
    id: await stored(vault, '长'.repeat(300_000), '长.txt'),
    reason,
  })
  expect(text.content).toMatchObject({ kind: 'text', truncated: true })
  expect(vault.session.preview).toBe(undefined)
})

test('a part out of order, one that has gone out, or another’s name is refused; the next one still comes', async () => {
  const vault = await aVault()
  const { content, rest, part } = await opened(vault)
  for (const from of [1, previewPartBytes + 1, previewPartBytes * 2, content.length, 10 ** 9])
    expect(await refusal(part(from))).toMatchObject({
      code: 'input.invalid',
      fields: [{ field: 'from', rule: 'order' }],
    })
  expect(await codeOf(part(previewPartBytes, stranger))).toBe('attachment.closed')
  const { base64 } = await part(previewPartBytes)
  expect(base64).toBe(content.toString('base64', previewPartBytes, previewPartBytes * 2))
  expect(await codeOf(part(previewPartBytes))).toBe('input.invalid')
  const other = await aVault()
  await opened(other)
  const elsewhere = other.call('attachments.previewPart', { preview: rest, from: previewPartBytes * 2 })
  expect(await codeOf(elsewhere)).toBe('attachment.closed')
})

test('closing overwrites what is left, and only the one that is meant', async () => {
  const vault = await aVault()
  const { rest, part, held } = await opened(vault)
  await vault.call('attachments.closePreview', { preview: stranger })
  expect(zeros(held)).toBe(false)
  await part(previewPartBytes)
  expect(zeros(held.subarray(0, previewPartBytes))).toBe(true)
  for (const _twice of [1, 2])
    expect(await vault.call('attachments.closePreview', { preview: rest })).toEqual({ ok: true })
  expect([vault.session.preview, zeros(held)]).toEqual([undefined, true])
  expect(await codeOf(part(previewPartBytes * 2))).toBe('attachment.closed')
})

test.each([
  ['another large one', pdfOf(previewPartBytes * 2), '另一份.pdf'],
  ['a small one', '内容', '小.txt'],
])('%s takes its place', async (_what, content, name) => {
  const vault = await aVault()
  const next = await stored(vault, content, name)
  const { part, held } = await opened(vault)
  await vault.call('attachments.preview', { id: next, reason })
  expect(zeros(held)).toBe(true)
  expect(await codeOf(part(previewPartBytes))).toBe('attachment.closed')
})

test('closed identities and a lock overwrite it', async () => {
  const vault = await aVault()
  const first = await opened(vault)
  const acts = sessionActHandlers({ current: vault.session }, () => new Date())
  await acts['session.closeIdentities']({}, testJob())
  expect([vault.session.preview, zeros(first.held)]).toEqual([undefined, true])
  expect(await codeOf(first.part(previewPartBytes))).toBe('identities.closed')
  await vault.call('attachments.closePreview', { preview: first.rest })
  await vault.reopen()
  const { held } = await opened(vault)
  lock(vault.session)
  expect([vault.session.preview, zeros(held)]).toEqual([undefined, true])
})

test('identities that close while it is still being read let nothing out, and no entry says otherwise', async () => {
  const vault = await aVault()
  const id = await stored(vault, pdfOf(previewPartBytes * 4))
  const shown = vault.call('attachments.preview', { id, reason })
  const acts = sessionActHandlers({ current: vault.session }, () => new Date())
  await acts['session.closeIdentities']({}, testJob())
  expect(await codeOf(shown)).toBe('identities.closed')
  expect(vault.session.preview).toBe(undefined)
  expect(await reveals(vault)).toBe(0)
})

test('nobody asks for the next part: it is overwritten after a while, not before', async () => {
  const vault = await aVault()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { part, held } = await opened(vault)
  vi.advanceTimersByTime(unusedMs - 1)
  await part(previewPartBytes)
  vi.advanceTimersByTime(unusedMs - 1)
  expect(zeros(held)).toBe(false)
  vi.advanceTimersByTime(1)
  expect([vault.session.preview, zeros(held)]).toEqual([undefined, true])
  expect(await codeOf(part(previewPartBytes * 2))).toBe('attachment.closed')
})

test('a file that was changed on the disk is refused before its first part; once begun, the parts are those that were checked', async () => {
  const vault = await aVault()
  const content = pdfOf(previewPartBytes * 3)
  const id = await stored(vault, content)
  const [file = ''] = filesIn(vault)
  const good = readFileSync(file)
  const bad = Buffer.from(good)
  // In the last part: everything before it is as it was.
  bad[bad.length - 100] = (bad.at(-100) ?? 0) ^ 1
  writeFileSync(file, bad)
  expect(await codeOf(begin(vault, id))).toBe('attachment.damaged')
  expect([vault.session.preview, await reveals(vault)]).toEqual([undefined, 0])
  writeFileSync(file, good)
  const { rest } = await begin(vault, id)
  writeFileSync(file, bad)
  const parts = []
  for (const from of [previewPartBytes, previewPartBytes * 2])
    parts.push((await vault.call('attachments.previewPart', { preview: present(rest), from })).base64)
  expect(Buffer.from(parts.join(''), 'base64').equals(content.subarray(previewPartBytes))).toBe(true)
})
