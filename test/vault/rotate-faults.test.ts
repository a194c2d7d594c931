// A renewal of keys whose last step fails, or whose leftovers are met later: never a vault whose keys are sealed nowhere.
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { GuicangError } from '../../shared/errors.ts'
import { aVault, codeOf, freshPath, openAt, callVault, shut, type TestVault } from '../support/vault.ts'

const fault = vi.hoisted((): { writing: 'before' | 'after' | undefined } => ({ writing: undefined }))
vi.mock('../../electron/vault/keys/vault-file.ts', async (importOriginal) => {
  const actual = await importOriginal<typeof import('../../electron/vault/keys/vault-file.ts')>()
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
