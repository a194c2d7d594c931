// The spellings for attachments, as a stranger's script calls them.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { aVault, fileWith, freshPath, lock, passphrase } from '../support/vault.ts'

const attached = z.strictObject({ attachmentId: z.uuid(), sha256: z.string().length(64), size: z.number() })
const listed = z.array(
  z.object({ id: z.uuid(), name: z.string(), type: z.string(), size: z.number(), state: z.string() }),
)

test('attach, list, save, remove: one document each, byte for byte, and no way over a file that stands there', async () => {
  const vault = await aVault()
  const { id } = await vault.call('complaints.add', { narrative: '来电投诉。' })
  lock(vault.session)
  const { dir } = vault
  const run = (...args: string[]) => cli(args, { passphrase })
  const content = randomBytes(123_456)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = fileWith(content, '合同.bin')
  const added = await run('complaints', 'attach', dir, '--id', id, '--file', file)
  expect([added.code, added.stderr]).toEqual([0, ''])
  const { attachmentId, ...rest } = attached.parse(added.json())
  expect(rest).toEqual({ sha256, size: content.length })

  const list = await run('attachments', 'list', dir, '--complaint', id)
  expect(listed.parse(list.json())).toMatchObject([
    { id: attachmentId, type: 'application/octet-stream', size: content.length, state: 'there' },
  ])

  const out = freshPath('out.bin')
  const saved = await run('attachments', 'save', dir, '--id', attachmentId, '--out', out)
  expect(saved.json()).toMatchObject({ sha256, size: content.length })
  expect(readFileSync(out).equals(content)).toBe(true)
  const again = await run('attachments', 'save', dir, '--id', attachmentId, '--out', out)
  expect([again.code, again.stdout, again.error().code]).toEqual([1, '', 'file.exists'])

  const large = fileWith('', 'large.bin')
  truncateSync(large, 3 * 1024 ** 3)
  const refused = await run('complaints', 'attach', dir, '--id', id, '--file', large)
  expect([refused.code, refused.stdout, refused.error().code]).toEqual([1, '', 'file.tooLarge'])
  expect((await run('complaints', 'attach', dir, '--id', id)).code).toBe(2)

  const verify = await run('vault', 'verify', dir)
  expect(verify.json()).toMatchObject({ ok: true, checked: { attachments: 1 } })
  const removed = await run('attachments', 'remove', dir, '--id', attachmentId, '--reason', '误存')
  expect(removed.json()).toMatchObject({ id: attachmentId, state: 'removed' })
  const gone = freshPath('gone.bin')
  const late = await run('attachments', 'save', dir, '--id', attachmentId, '--out', gone)
  expect([late.error().code, existsSync(gone)]).toEqual(['record.notFound', false])
}, 240_000)
