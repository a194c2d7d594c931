// A large preview through the gate: small messages, and no part of it once identities has closed or the vault is locked.
import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { previewPartBytes } from '../../shared/types/attachment.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { copiedVault, fileWith, passphrase } from '../support/vault.ts'

const reason = '核对凭据'
const content = randomBytes(previewPartBytes * 5 + 1)
content.write('%PDF-1.7\n', 'latin1')

/** A vault with a PDF whose preview has begun. */
async function begun(door: Door) {
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  const { id: complaintId } = await door.call('complaints.add', { narrative: '来电投诉。' })
  const path = fileWith(content, '扫描.pdf')
  const { attachmentId: id } = await door.call('attachments.add', { complaintId, path })
  const preview = await door.call('attachments.preview', { id, reason })
  if (preview.content.kind !== 'pdf' || preview.content.rest === null) throw new Error('not in parts')
  const { base64, rest } = preview.content
  return {
    dir,
    base64,
    rest,
    part: (from: number) => door.ask('attachments.previewPart', { preview: rest, from }),
  }
}

test('no message of it is as large as a megabyte, and together they are the file', async () => {
  const door = realDoor()
  const { base64, rest } = await begun(door)
  const parts = [base64]
  for (let from = previewPartBytes; from < content.length; from += previewPartBytes)
    parts.push((await door.call('attachments.previewPart', { preview: rest, from })).base64)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1024 * 1024)
  expect(Buffer.from(parts.join(''), 'base64').equals(content)).toBe(true)
  const { items } = await door.call('audit.list', { action: 'attachments.revealed' })
  expect(items).toHaveLength(1)
})

test('idle identities end it in the middle: opened again, they don’t bring it back', async () => {
  const door = realDoor({ idle: { lockMs: 600_000, identitiesMs: 4000 } })
  const { rest, part } = await begun(door)
  expect(codeIn(await part(previewPartBytes))).toBe('ok')
  await vi.waitFor(() => expect(door.events.at(-1)).toEqual({ type: 'session.identities', open: false }), {
    timeout: 20_000,
  })
  expect(codeIn(await part(previewPartBytes * 2))).toBe('identities.closed')
  expect(codeIn(await door.ask('attachments.closePreview', { preview: rest }))).toBe('ok')
  await door.call('vault.openIdentities', { passphrase })
  expect(codeIn(await part(previewPartBytes * 2))).toBe('attachment.closed')
})

test('after a lock there is no more of it, also for who opens the vault again', async () => {
  const door = realDoor()
  const { dir, part } = await begun(door)
  await door.app.lock('user')
  expect(codeIn(await part(previewPartBytes))).toBe('vault.locked')
  await door.call('vault.unlock', { path: dir, passphrase })
  expect(codeIn(await part(previewPartBytes))).toBe('attachment.closed')
})
