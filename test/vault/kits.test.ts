// Recovery kits: tried, replaced, revoked; a kit that was opens nothing.
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkKitAt } from '../../electron/vault/usecases/kits.ts'
import { recoverVault } from '../../electron/vault/usecases/recover-vault.ts'
import { addPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  copiedVault,
  digestOf,
  freshPath,
  lightWorkFactor,
  lock,
  openAt,
  present,
  refusal,
} from '../support/vault.ts'

const newPassphrase = 'granite window 山 velvet'
const recover = (path: string, recoveryCode: string, user?: string) =>
  recoverVault({ path, recoveryCode, newPassphrase, user, workFactor: lightWorkFactor }, new Date())

test('a kit is tried without changing anything: on the closed vault, and in the open one, which notes it', async () => {
  const vault = await aVault()
  const [first = '', second = ''] = vault.codes
  const file = digestOf(join(vault.dir, 'vault.json'))
  expect(await checkKitAt(vault.dir, first.toLowerCase())).toEqual({ ok: true })
  const { name, id } = await vault.call('kits.check', { code: second })
  expect(name).toBe('recovery-2')
  const { items } = await vault.call('kits.list', {})
  expect(items.map((kit) => [kit.name, kit.checkedAt !== null])).toEqual([
    ['recovery-1', false],
    ['recovery-2', true],
  ])
  expect((await vault.call('audit.list', { action: 'kits.checked' })).items[0]?.subject).toBe(id)
  expect(digestOf(join(vault.dir, 'vault.json'))).toBe(file)

  const stranger = present((await copiedVaultOfItsOwn()).codes[0])
  expect(await codeOf(checkKitAt(vault.dir, stranger))).toBe('recovery.codeUnknown')
  expect(await codeOf(vault.call('kits.check', { code: stranger }))).toBe('recovery.codeUnknown')
  const typo = `${first.slice(0, -1)}${first.endsWith('Q') ? 'P' : 'Q'}`
  expect(await codeOf(checkKitAt(vault.dir, typo))).toBe('recovery.codeInvalid')
})

/** Another vault, whose kits are no kits of this one. */
async function copiedVaultOfItsOwn(): Promise<{ codes: string[] }> {
  const { makeVault } = await import('../support/vault.ts')
  return makeVault()
}

test('a damaged compartment is found when a kit is tried', async () => {
  const { dir, codes } = await copiedVault()
  const path = join(dir, 'identities.db')
  const bytes = readFileSync(path)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(path, bytes)
  expect(await codeOf(checkKitAt(dir, present(codes[0])))).toBe('vault.damaged')
})

test('a kit is good also while a renewal that was cut short waits for the next opening', async () => {
  const vault = await aVault()
  lock(vault.session)
  const dir = freshPath('cut.vault')
  cpSync(vault.dir, dir, { recursive: true })
  const session = await openAt(vault.dir)
  await callVault(session, 'vault.rotate', {})
  lock(session)
  for (const name of ['records.db', 'identities.db']) cpSync(join(vault.dir, name), join(dir, `${name}.next`))
  cpSync(join(vault.dir, 'vault.json'), join(dir, 'vault.json'))
  renameSync(join(dir, 'records.db'), join(dir, 'records.db.former'))
  const names = readdirSync(dir)
  expect(await checkKitAt(dir, present(vault.codes[0]))).toEqual({ ok: true })
  expect(readdirSync(dir)).toEqual(names)
})

test('a replaced kit opens nothing, not even with the vault.json of before; the new one and the other one do', async () => {
  const vault = await aVault()
  const [first = '', second = ''] = vault.codes
  const older = readFileSync(join(vault.dir, 'vault.json'))
  const [kit] = (await vault.call('kits.list', {})).items
  const { code, name } = await vault.call('kits.add', {})
  expect(name).toBe('recovery-3')
  // However long the new code is on its way, the old kit opens.
  for (const one of [first, second, code]) expect(await checkKitAt(vault.dir, one)).toEqual({ ok: true })
  expect(vault.session.epoch).toBe(1)
  await vault.call('kits.revoke', { id: present(kit).id })
  expect((await vault.call('kits.list', {})).items.map(({ name }) => name)).toEqual([
    'recovery-2',
    'recovery-3',
  ])
  expect(vault.session.epoch).toBe(2)
  lock(vault.session)
  expect(await codeOf(recover(vault.dir, first))).toBe('recovery.codeUnknown')
  const copy = freshPath('copy.vault')
  cpSync(vault.dir, copy, { recursive: true })
  writeFileSync(join(copy, 'vault.json'), older)
  expect(await codeOf(recover(copy, first))).toBe('vault.damaged')
  lock(await recover(vault.dir, code))
  lock(await recover(vault.dir, second))
  const session = await openAt(vault.dir, { passphrase: newPassphrase })
  expect(session.warnings).toEqual([])
})

test('no two papers ever have one name, also where one of them was revoked in between', async () => {
  const vault = await aVault()
  const first = await vault.call('kits.add', {})
  await vault.call('kits.revoke', { id: first.id })
  expect([first.name, (await vault.call('kits.add', {})).name]).toEqual(['recovery-3', 'recovery-4'])
})

test('one may be revoked, the last one stays', async () => {
  const vault = await aVault()
  const [first, second] = (await vault.call('kits.list', {})).items
  await vault.call('kits.revoke', { id: present(first).id })
  expect(await codeOf(vault.call('kits.revoke', { id: present(second).id }))).toBe('kits.last')
  expect(await codeOf(vault.call('kits.revoke', { id: present(first).id }))).toBe('record.notFound')
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
  lock(vault.session)
  expect(await codeOf(recover(vault.dir, present(vault.codes[0])))).toBe('recovery.codeUnknown')
  lock(await recover(vault.dir, present(vault.codes[1])))
})

test('of several owners the one who is named gets the new passphrase', async () => {
  const vault = await aVault()
  await addPerson(vault.session, '赵敏', 'owner')
  await addPerson(vault.session, '李雷', 'handler')
  lock(vault.session)
  const code = present(vault.codes[0])
  expect((await refusal(recover(vault.dir, code, '李雷'))).fields).toEqual([
    { field: 'user', rule: 'unknown' },
  ])
  const session = await recover(vault.dir, code, '赵敏')
  expect([session.person.name, session.warnings]).toEqual(['赵敏', []])
  lock(session)
  lock(await openAt(vault.dir, { user: '赵敏', passphrase: newPassphrase }))
  lock(await openAt(vault.dir, { user: '林晓' }))
})
