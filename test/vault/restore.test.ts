// What is in a backup: restored it is the vault of that moment, value for value; damage in it is named.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyBag } from '../../electron/exchange/export/verify-bag.ts'
import type { VaultSession } from '../../electron/vault/session.ts'
import { restoreBackup } from '../../electron/vault/usecases/restore-backup.ts'
import { filled, flip, folder, jobThatSays, restore, vaultIn, verify } from '../support/backup.ts'
import { smallDisk } from '../support/small-disk.ts'
import {
  callVault,
  codeOf,
  digestOf,
  dump,
  freshPath,
  lock,
  openAt,
  owner,
  passphrase,
  present,
  rawDb,
  refusal,
} from '../support/vault.ts'

/** Every value of both databases, but for what an unlock and a restore write. */
function contentOf(dir: string, keys: VaultSession['keys']): string[] {
  const records = rawDb(join(dir, 'records.db'), keys.records)
  const identities = rawDb(join(dir, 'identities.db'), present(keys.identities))
  const content = [...dump(records), ...dump(identities)]
  records.close()
  identities.close()
  return content
}

describe('restored', () => {
  test('into a new folder it is the vault of that moment, value for value, with one entry more', async () => {
    const vault = await filled()
    const { id } = await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
    const { backup } = await vault.call('backups.create', { to: folder() })
    const before = contentOf(vaultIn(backup), vault.session.keys)
    // What comes later isn't in it.
    await vault.call('customers.add', { name: '李四', mobile: '13800001235' })
    const bag = digestOf(join(backup, 'manifest-sha512.txt'))
    const target = freshPath('restored.vault')
    const counts = await restore(backup, target)
    expect(counts).toMatchObject({ customers: 301, complaints: 40 })
    const after = new Set(contentOf(target, vault.session.keys))
    // The log's tree is the only value that a restore replaces: it has one entry more.
    const replaced = before.filter((value) => !after.has(value))
    expect(replaced).toEqual([expect.stringMatching(/^\{"size":\d+,"peaks"/)])
    const session = await openAt(target)
    expect(session.warnings).toEqual([])
    expect((await callVault(session, 'customers.list', {})).total).toBe(301)
    const clear = await callVault(session, 'customers.reveal', {
      id,
      fields: ['name', 'mobile'],
      reason: '电话回访',
    })
    expect(clear).toEqual({ name: '张三丰', mobile: '13800001234' })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    const [entry] = (await callVault(session, 'audit.list', { action: 'backup.restored' })).items
    expect(entry).toMatchObject({
      user: owner,
      detail: { sha256: digestOf(join(backup, 'tagmanifest-sha256.txt')) },
    })
    lock(session)
    // Bag and original are as they were.
    expect(digestOf(join(backup, 'manifest-sha512.txt'))).toBe(bag)
    expect((await verifyBag(backup)).valid).toBe(true)
    expect((await vault.call('customers.list', {})).total).toBe(302)
  })

  test('over something, without a place, or with a wrong passphrase it is refused, and nothing is left', async () => {
    const vault = await filled()
    const { backup } = await vault.call('backups.create', { to: folder() })
    const parent = folder()
    const taken = join(parent, 'taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'mine.txt'), 'mine')
    expect(await codeOf(restore(backup, taken))).toBe('vault.exists')
    expect(await codeOf(restore(backup, join(taken, 'mine.txt')))).toBe('vault.exists')
    expect(await codeOf(restore(backup, vault.dir))).toBe('vault.exists')
    expect(await codeOf(restore(backup, join(parent, 'no', 'where')))).toBe('vault.notFound')
    expect(await codeOf(restore(backup, join(parent, 'new'), 'falsch'))).toBe('vault.wrongPassphrase')
    expect(readdirSync(parent)).toEqual(['taken'])
    expect(readdirSync(taken)).toEqual(['mine.txt'])
    const empty = join(parent, 'empty')
    mkdirSync(empty)
    expect((await restore(backup, empty)).customers).toBe(300)
  })

  test('on a disk without room, or called off in the middle: nothing is left', async (context) => {
    const vault = await filled()
    const { backup, bytes } = await vault.call('backups.create', { to: folder() })
    const parent = folder()
    const controller = new AbortController()
    const job = jobThatSays(() => controller.abort(), controller.signal)
    const request = { path: backup, to: join(parent, 'new'), passphrase }
    expect(await codeOf(restoreBackup(request, new Date(), job))).toBe('job.cancelled')
    expect(readdirSync(parent)).toEqual([])
    const disk = smallDisk(Math.floor(bytes / 2048))
    if (disk === undefined) return context.skip()
    expect(await codeOf(restore(backup, join(disk, 'new')))).toBe('disk.full')
    expect(readdirSync(disk)).toEqual([])
  })
})

describe('damage in a backup', () => {
  test.each(['data/vault/records.db', 'data/vault/identities.db', 'data/vault/vault.json', 'checkpoint.txt'])(
    'one flipped bit in %s is named by the check, and the restore is refused',
    async (name) => {
      const vault = await filled()
      const { backup } = await vault.call('backups.create', { to: folder() })
      flip(join(backup, name), Math.floor(statSync(join(backup, name)).size / 2))
      const report = await verify(backup, { passphrase })
      expect(report.valid).toBe(false)
      expect(report.errors.map(({ where }) => where)).toContain(name)
      const target = freshPath('restored.vault')
      const error = await refusal(restore(backup, target))
      expect(error.code).toBe('bag.invalid')
      expect(present(error.fields).map(({ field }) => field)).toContain(name)
      expect(existsSync(target)).toBe(false)
    },
  )

  test('a bag that is whole but holds no whole vault, or none at all, is no backup', async () => {
    const vault = await filled()
    const { backup } = await vault.call('backups.create', { to: folder() })
    rmSync(join(vaultIn(backup), 'identities.db'))
    const codes = (await verify(backup, { passphrase })).errors.map(({ code }) => code)
    expect(codes).toContain('backup.fileMissing')
    const out = freshPath('bag')
    await vault.call('exports.run', { kind: 'customers', format: 'csv', out })
    const report = await verify(out, { passphrase })
    expect(report).toMatchObject({ valid: false, opened: false })
    expect(report.errors.map(({ where }) => where)).toEqual([
      'data/vault/vault.json',
      'data/vault/records.db',
      'data/vault/identities.db',
    ])
  })

  test('a bag around a vault whose log was edited behind the program’s back: the log’s finding is named', async () => {
    const vault = await filled()
    const db = rawDb(join(vault.dir, 'records.db'), vault.session.keys.records)
    db.prepare(`UPDATE customers SET name = '王**' WHERE seq = 3`).run()
    db.close()
    const { backup } = await vault.call('backups.create', { to: folder() })
    const report = await verify(backup, { passphrase })
    expect(report).toMatchObject({ valid: false, opened: true, counts: { customers: 300 } })
    expect(report.errors).toMatchObject([{ code: 'row.changed', where: 'customers 3' }])
  })
})
