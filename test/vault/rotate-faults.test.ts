// A renewal of keys whose last step fails, or whose leftovers are met later: never a vault whose keys are sealed nowhere.
import type * as VaultFileModule from '../../electron/vault/keys/vault-file.ts'
import type * as RekeyClient from '../../electron/vault/process/rekey-client.ts'
import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { GuicangError } from '../../shared/errors.ts'
import { schemaVersion } from '../../electron/vault/store/migrations/runner.ts'
import { backupBeforeMigration } from '../../electron/vault/store/pre-migration-backup.ts'
import { inFileTurn } from '../../electron/vault/session.ts'
import {
  aVault,
  callVault,
  codeOf,
  freshPath,
  lock,
  openAt,
  present,
  shut,
  type TestVault,
} from '../support/vault.ts'

const fault = vi.hoisted(
  (): { writing: 'before' | 'after' | undefined; copying: (() => void) | undefined } => ({
    writing: undefined,
    copying: undefined,
  }),
)
vi.mock('../../electron/vault/process/rekey-client.ts', async (importOriginal) => {
  const actual = await importOriginal<typeof RekeyClient>()
  return {
    rekeyInThread: async (...given: Parameters<typeof actual.rekeyInThread>) => {
      fault.copying?.()
      await actual.rekeyInThread(...given)
    },
  }
})
vi.mock('../../electron/vault/keys/vault-file.ts', async (importOriginal) => {
  const actual = await importOriginal<typeof VaultFileModule>()
  return {
    ...actual,
    /** As when the disk fails before the new file has its name, or when the folder is flushed afterwards. */
    writeVaultFile: async (...given: Parameters<typeof actual.writeVaultFile>) => {
      if (fault.writing === 'before') throw new GuicangError('disk.full')
      await actual.writeVaultFile(...given)
      if (fault.writing === 'after') throw new GuicangError('vault.unreadable')
    },
  }
})
afterEach(() => {
  fault.writing = undefined
  fault.copying = undefined
})

async function filled(): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('customers.add', { name: '张三丰' })
  return vault
}

const leftovers = (dir: string) => readdirSync(dir).filter((name) => /next|former/.test(name))

test('a vault.json that stands, though writing it failed, finds its files at the next opening', async () => {
  const vault = await filled()
  fault.writing = 'after'
  expect(await codeOf(vault.call('vault.rotate', {}))).toBe('vault.unreadable')
  fault.writing = undefined
  // Reading goes on; what was written now would stand in a file that is about to be exchanged.
  expect((await vault.call('customers.list', {})).total).toBe(1)
  expect(await codeOf(vault.call('customers.add', { name: '李四' }))).toBe('vault.busy')
  shut(vault.session)
  const session = await openAt(vault.dir)
  expect([session.epoch, session.warnings]).toEqual([2, []])
  expect((await callVault(session, 'customers.list', {})).total).toBe(1)
  expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  expect(leftovers(vault.dir)).toEqual([])
})

test('a vault.json that could not be written leaves everything as it was', async () => {
  const vault = await filled()
  fault.writing = 'before'
  expect(await codeOf(vault.call('vault.rotate', {}))).toBe('disk.full')
  fault.writing = undefined
  expect(leftovers(vault.dir)).toEqual([])
  await vault.call('customers.add', { name: '李四' })
  await vault.reopen()
  expect((await vault.call('customers.list', {})).total).toBe(2)
})

test('a copy under the key of before, left by a kill, never takes the place of the file', async () => {
  const vault = await filled()
  // Between copying and rekeying, the copy is a whole database under the old key.
  const copy = freshPath('copy.db')
  cpSync(join(vault.dir, 'records.db'), copy)
  await vault.call('customers.add', { name: '李四' })
  shut(vault.session)
  cpSync(copy, join(vault.dir, 'records.db.next'))
  const session = await openAt(vault.dir)
  expect((await callVault(session, 'customers.list', {})).total).toBe(2)
  expect(existsSync(join(vault.dir, 'records.db.next'))).toBe(false)
})

test('a kit is revoked whatever becomes of the renewal behind it, also where the log has no room to say so', async () => {
  const vault = await filled()
  const [kit] = (await vault.call('kits.list', {})).items
  const { audit } = vault.session.store.records
  const append = audit.add
  fault.copying = () => {
    audit.add = () => {
      throw new GuicangError('disk.full')
    }
    throw new GuicangError('vault.damaged')
  }
  await vault.call('kits.revoke', { id: present(kit).id })
  audit.add = append
  expect(vault.session.warnings).toEqual(['rotation.due'])
  expect(await codeOf(vault.call('kits.check', { code: present(vault.codes[0]) }))).toBe(
    'recovery.codeUnknown',
  )
})

test('a long act that began while the renewal waited for its turn is not read away from under it', async () => {
  const vault = await filled()
  const turn = Promise.withResolvers<void>()
  void inFileTurn(vault.session, () => turn.promise)
  const rotating = codeOf(vault.call('vault.rotate', {}))
  vault.session.longActs = 2
  turn.resolve()
  expect(await rotating).toBe('vault.busy')
  vault.session.longActs = 0
  await vault.call('vault.rotate', {})
})

test('the copy before a migration holds what a renewal that was cut short still has to swap in', async () => {
  const vault = await filled()
  lock(vault.session)
  const dir = freshPath('cut.vault')
  cpSync(vault.dir, dir, { recursive: true })
  const session = await openAt(vault.dir)
  await callVault(session, 'vault.rotate', {})
  const key = session.keys.records
  const version = schemaVersion(session.store.records.db)
  lock(session)
  // A reviewer opens first: records is swapped in, and identities, whose key they don't have, isn't.
  for (const name of ['vault.json', 'records.db']) cpSync(join(vault.dir, name), join(dir, name))
  renameSync(join(dir, 'identities.db'), join(dir, 'identities.db.former'))
  cpSync(join(vault.dir, 'identities.db'), join(dir, 'identities.db.next'))
  const copy = backupBeforeMigration(dir, { records: { version, key } })
  const opened = await openAt(copy)
  expect((await callVault(opened, 'customers.list', { query: '张三丰' })).total).toBe(1)
})
