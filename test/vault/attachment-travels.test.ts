// Attachments beyond one session: read by stock age, carried by backups, kept through a renewal of keys and on a full disk.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { restoreBackup } from '../../electron/vault/usecases/restore-backup.ts'
import { filesIn } from '../support/attachments.ts'
import { flip, folder, vaultIn, verify } from '../support/backup.ts'
import { smallDisk } from '../support/small-disk.ts'
import {
  aVault,
  callVault,
  codeOf,
  fileWith,
  freshPath,
  openAt,
  passphrase,
  present,
  rawDb,
  refusal,
  testJob,
  type TestVault,
} from '../support/vault.ts'

const reason = '核对客户寄来的凭据'

async function withAttachment(vault: TestVault, content: Buffer) {
  const { id } = await vault.call('complaints.add', { narrative: '来电投诉。' })
  const path = fileWith(content, '合同.bin')
  const added = await vault.call('attachments.add', { complaintId: id, path })
  return { complaintId: id, id: added.attachmentId }
}

describe('stock age', () => {
  const hasAge = spawnSync('age', ['--version']).status === 0
  const blobRow = z.object({ id: z.string(), secret: z.string(), payload: z.string() })
  /** As the format page tells a stranger to ask for the key. */
  const asked = (attachmentId: string): string => {
    const page = readFileSync(new URL('../../resources/docs/format.md', import.meta.url), 'utf8')
    const found = present(/SELECT v[.]payload[^;]*;/.exec(page))[0]
    expect(found).toContain('<attachments.id>')
    return found.replace('<attachments.id>', attachmentId)
  }

  test.each([0, 1, 65_536, 65_537, 3_000_000])(
    'opens a file of %i bytes with the key from identities',
    async (bytes) => {
      if (!hasAge) {
        console.warn('skipped: the program age is not installed, so its reading of attachments was not tried')
        return
      }
      const vault = await aVault()
      const content = randomBytes(bytes)
      const { id } = await withAttachment(vault, content)
      const identities = rawDb(join(vault.dir, 'identities.db'), present(vault.session.keys.identities))
      const blob = blobRow.parse(identities.prepare(asked(id)).get())
      identities.close()
      const key = fileWith(`${blob.secret}\n`, 'key.txt')
      const file = join(vault.dir, 'attachments', blob.id.slice(0, 2), `${blob.id}.age`)
      const done = spawnSync('age', ['-d', '-i', key, file], { maxBuffer: 10_000_000 })
      expect(done.stderr.toString()).toBe('')
      expect(done.stdout.equals(content)).toBe(true)
    },
  )
})

describe('a backup', () => {
  test('carries attachments, counts them, and restored they come out as they went in', async () => {
    const vault = await aVault()
    const content = randomBytes(200_000)
    const { id } = await withAttachment(vault, content)
    // What is still being written, or was left, isn't of the vault.
    mkdirSync(join(vault.dir, 'attachments', 'ff'), { recursive: true })
    writeFileSync(join(vault.dir, 'attachments', 'ff', `${'f'.repeat(32)}.age.part`), 'half')
    const { backup } = await vault.call('backups.create', { to: folder() })
    expect(filesIn({ dir: vaultIn(backup) })).toHaveLength(1)
    expect(readdirSync(join(vaultIn(backup), 'attachments'))).toHaveLength(1)
    expect(readFileSync(join(backup, 'bag-info.txt'), 'utf8')).toContain('Guicang-Attachments: 1\n')
    expect(await verify(backup, { passphrase })).toMatchObject({
      valid: true,
      errors: [],
      counts: { attachments: 1 },
    })
    const target = freshPath('restored.vault')
    const counts = await restoreBackup({ path: backup, to: target, passphrase }, new Date(), testJob())
    expect(counts.attachments).toBe(1)
    const restored = await openAt(target)
    const out = freshPath('out.bin')
    await callVault(restored, 'attachments.save', { id, out, reason })
    expect(readFileSync(out).equals(content)).toBe(true)
    const report = await callVault(restored, 'vault.verify', {})
    expect([report.findings, report.checked.attachments]).toEqual([[], 1])
  })

  test('isn’t made of a vault whose attachment is damaged, and one that was damaged later is named', async () => {
    const vault = await aVault()
    await withAttachment(vault, randomBytes(200_000))
    const { backup } = await vault.call('backups.create', { to: folder() })
    flip(present(filesIn({ dir: vaultIn(backup) })[0]), 100_000)
    const codes = (await verify(backup, { passphrase })).errors.map(({ code }) => code)
    expect(codes).toContain('checksum.mismatch')
    expect(codes).toContain('attachment.damaged')
    flip(present(filesIn(vault)[0]), 100_000)
    const to = folder()
    expect(await refusal(vault.call('backups.create', { to }))).toMatchObject({
      code: 'vault.damaged',
      fields: [{ field: 'attachments 1', rule: 'backup' }],
    })
    expect(readdirSync(to)).toEqual([])
  })
})

test('a renewal of keys leaves the files as they are, and opens them', async () => {
  const vault = await aVault()
  const content = randomBytes(100_000)
  const { id } = await withAttachment(vault, content)
  const before = filesIn(vault).map((path) => readFileSync(path).toString('base64'))
  await vault.call('vault.rotate', {})
  expect(filesIn(vault).map((path) => readFileSync(path).toString('base64'))).toEqual(before)
  const out = freshPath('out.bin')
  await vault.call('attachments.save', { id, out, reason })
  expect(readFileSync(out).equals(content)).toBe(true)
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

describe('on a small disk', () => {
  test('a file that doesn’t fit is refused, and nothing of it is left', async (context) => {
    const disk = smallDisk(3000)
    if (disk === undefined) return context.skip()
    const made = await aVault()
    const dir = join(disk, 'v.vault')
    cpSync(made.dir, dir, { recursive: true, filter: (path) => !path.includes('lease') })
    const vault = await aVault({ dir, codes: [] })
    const { complaintId } = await withAttachment(vault, randomBytes(10_000))
    const path = fileWith(randomBytes(5_000_000), '大.bin')
    expect(await codeOf(vault.call('attachments.add', { complaintId, path }))).toBe('disk.full')
    const names = readdirSync(join(dir, 'attachments'), { recursive: true }).map(String)
    expect(names.filter((name) => name.includes('.'))).toHaveLength(1)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a file that is saved where there is no room leaves nothing there', async (context) => {
    const disk = smallDisk(1000)
    if (disk === undefined) return context.skip()
    const vault = await aVault()
    const { id } = await withAttachment(vault, randomBytes(2_000_000))
    const out = join(disk, 'out.bin')
    expect(await codeOf(vault.call('attachments.save', { id, out, reason }))).toBe('disk.full')
    expect(readdirSync(disk)).toEqual([])
  })
})

test('after a crash: what was written and never named goes, what is named stays', async () => {
  const vault = await aVault()
  const content = randomBytes(50_000)
  const { id, complaintId } = await withAttachment(vault, content)
  const identities = present(vault.session.store.identities)
  // As a kill leaves it: marked and whole, but in neither database; and one that was cut short in the middle.
  for (const [blob, ending] of [
    ['ab'.repeat(16), '.age'],
    ['cd'.repeat(16), '.age.part'],
  ] as const) {
    identities.blobs.markUnsettled(blob)
    mkdirSync(join(vault.dir, 'attachments', blob.slice(0, 2)), { recursive: true })
    writeFileSync(join(vault.dir, 'attachments', blob.slice(0, 2), `${blob}${ending}`), 'x')
  }
  const [own = ''] = filesIn(vault).filter((path) => !/(?:ab|cd){16}/.test(path))
  identities.blobs.markUnsettled(own.slice(-36, -4))
  await vault.reopen()
  expect(filesIn(vault)).toEqual([own])
  const { findings } = await vault.call('vault.verify', {})
  expect(findings).toEqual([])
  expect(present(vault.session.store.identities).blobs.listUnsettled()).toEqual([])
  const out = freshPath('out.bin')
  await vault.call('attachments.save', { id, out, reason })
  expect(readFileSync(out).equals(content)).toBe(true)
  // A file that this program can't place isn't its to remove.
  const stranger = join(vault.dir, 'attachments', 'ef', `${'ef'.repeat(16)}.age`)
  mkdirSync(join(stranger, '..'), { recursive: true })
  writeFileSync(stranger, 'of another time')
  await vault.reopen()
  expect(filesIn(vault)).toContain(stranger)
  expect((await vault.call('vault.verify', {})).findings.map(({ code }) => code)).toEqual([
    'attachment.unknown',
  ])
  rmSync(stranger)
  expect((await vault.call('attachments.list', { complaintId })).items).toHaveLength(1)
})
