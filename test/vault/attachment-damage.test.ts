// Attachments that are given out, and what a check finds of them once somebody was at the files.
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { setTimeout } from 'node:timers/promises'
import { holdingStill } from '../../electron/vault/session.ts'
import { attach, filesIn, verified } from '../support/attachments.ts'
import { aVault, codeOf, fileWith, freshPath, present, type TestVault } from '../support/vault.ts'

const reason = '核对客户寄来的凭据'
const aComplaint = (vault: TestVault) => vault.call('complaints.add', { narrative: '来电投诉。' })

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
    writeFileSync(join(folder, '.DS_Store'), 'left by looking')
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

test('while a backup copies the files, what is looked at waits for its entry in the log, and comes out', async () => {
  const vault = await aVault()
  const { id } = await aComplaint(vault)
  const { attachmentId } = await attach(vault, id, fileWith('内容', 'a.txt'))
  let looked: Promise<unknown> | undefined
  let answered = false
  await holdingStill(vault.session, async () => {
    looked = vault.call('attachments.preview', { id: attachmentId, reason }).then(() => {
      answered = true
    })
    await setTimeout(200)
    expect(answered).toBe(false)
    expect((await vault.call('audit.list', { action: 'attachments.revealed' })).items).toEqual([])
  })
  await looked
  expect((await vault.call('audit.list', { action: 'attachments.revealed' })).items).toHaveLength(1)
  const path = fileWith(randomBytes(1000), 'b.bin')
  await vault.call('attachments.add', { complaintId: id, path })
  expect((await verified(vault)).codes).toEqual([])
})
