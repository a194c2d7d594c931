// What an owner must look at: ways in that changed outside of the program, and a vault that is older than what was seen.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generatePersonKeys } from '../../electron/vault/keys/person.ts'
import { newPassphraseSlot, openPassphraseSlot } from '../../electron/vault/keys/slots.ts'
import { readVaultFile, serialiseVaultFile, type VaultFile } from '../../electron/vault/keys/vault-file.ts'
import { holdingStill } from '../../electron/vault/session.ts'
import { keepStill } from '../../electron/vault/store/driver.ts'
import { acknowledge } from '../../electron/vault/usecases/acknowledge.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { seenLog } from '../../electron/vault/usecases/open-vault.ts'
import { recoverVault } from '../../electron/vault/usecases/recover-vault.ts'
import { decryptWithIdentity } from '../../electron/vault/keys/age.ts'
import { addPerson, openAs, ownPassphrase, reopened, settledPerson } from '../support/people.ts'
import {
  aVault,
  codeOf,
  contextOf,
  freshPath,
  lightWorkFactor,
  lock,
  openAt,
  owner,
  passphrase,
  present,
  rawDb,
  refusal,
  type TestVault,
} from '../support/vault.ts'

function rewrite(dir: string, file: VaultFile): void {
  writeFileSync(join(dir, 'vault.json'), serialiseVaultFile(file))
}

describe('vault.slotsChanged', () => {
  test('a smuggled person is dropped and gains nothing at the next renewal', async () => {
    const vault = await aVault()
    const keys = await generatePersonKeys()
    lock(vault.session)
    const file = await readVaultFile(vault.dir)
    const secret = { identity: keys.identity, signingKey: keys.signingKey }
    const slot = await newPassphraseSlot({
      vaultId: file.vaultId,
      secret,
      passphrase: ownPassphrase,
      now: new Date(),
      workFactor: lightWorkFactor,
    })
    const stranger = {
      id: crypto.randomUUID(),
      name: '冒名',
      role: 'owner' as const,
      recipient: keys.recipient,
      verifyKey: keys.verifyKey,
      slots: [slot],
    }
    rewrite(vault.dir, { ...file, people: [...file.people, stranger] })
    expect(await codeOf(openAs(vault.dir, '冒名'))).toBe('access.denied')
    await reopened(vault)
    expect(vault.session.warnings).toEqual(['vault.slotsChanged'])
    // Nothing about keys goes on before an owner has looked.
    expect(await codeOf(vault.call('vault.rotate', {}))).toBe('vault.slotsChanged')
    expect(await codeOf(addPerson(vault.session, '王芳', 'reviewer'))).toBe('vault.slotsChanged')
    await acknowledge(vault.context, { warning: 'vault.slotsChanged' })
    expect(vault.session.warnings).toEqual([])
    await vault.call('vault.rotate', {})
    const after = await readVaultFile(vault.dir)
    expect(after.people.map(({ name }) => name)).not.toContain('冒名')
    expect(await codeOf(decryptWithIdentity(after.keys.records, keys.identity))).toBe('access.denied')
    const { items } = await vault.call('audit.list', { action: 'vault.slotsAcknowledged' })
    expect(items[0]?.detail).toEqual({ strangers: 1, dropped: [] })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a colleague’s passphrase of before, put back, is dropped: they need a reset; who acknowledges keeps their own way in', async () => {
    const vault = await aVault()
    const id = await settledPerson(vault, '李雷', 'handler')
    const older = readFileSync(join(vault.dir, 'vault.json'))
    lock(vault.session)
    const session = await openAs(vault.dir, '李雷')
    const request = {
      passphrase: ownPassphrase,
      newPassphrase: 'a third one 河',
      workFactor: lightWorkFactor,
    }
    await changePassphrase(contextOf(session), request)
    lock(session)
    writeFileSync(join(vault.dir, 'vault.json'), older)
    await reopened(vault)
    expect(vault.session.warnings).toEqual(['vault.slotsChanged'])
    await acknowledge(vault.context, { warning: 'vault.slotsChanged' })
    const { items } = await vault.call('audit.list', { action: 'vault.slotsAcknowledged' })
    expect(items[0]?.detail).toEqual({ strangers: 0, dropped: [id] })
    lock(vault.session)
    // Without a slot the name opens nothing.
    expect(await codeOf(openAs(vault.dir, '李雷'))).toBe('input.invalid')
    const again = await openAt(vault.dir, { user: owner })
    expect(again.warnings).toEqual([])
  })

  test('a recovery drops it as well, and doesn’t take it over as one that is known', async () => {
    const vault = await aVault()
    await settledPerson(vault, '李雷', 'handler')
    const older = readFileSync(join(vault.dir, 'vault.json'))
    lock(vault.session)
    const session = await openAs(vault.dir, '李雷')
    const changed = {
      passphrase: ownPassphrase,
      newPassphrase: 'a third one 河',
      workFactor: lightWorkFactor,
    }
    await changePassphrase(contextOf(session), changed)
    lock(session)
    writeFileSync(join(vault.dir, 'vault.json'), older)
    const request = { path: vault.dir, newPassphrase: 'after the flood 河', workFactor: lightWorkFactor }
    const recovered = await recoverVault({ ...request, recoveryCode: present(vault.codes[0]) }, new Date())
    expect(recovered.warnings).toEqual(['vault.slotsChanged'])
    lock(recovered)
    expect(await codeOf(openAs(vault.dir, '李雷'))).toBe('input.invalid')
    lock(await openAt(vault.dir, { user: owner, passphrase: request.newPassphrase }))
  })

  test('who opened by a way in of former keys decides nothing', async () => {
    const vault = await aVault()
    vault.session.signingKey = undefined
    vault.session.warnings.push('vault.slotsChanged')
    expect(await codeOf(acknowledge(vault.context, { warning: 'vault.slotsChanged' }))).toBe('access.denied')
    expect(await codeOf(acknowledge(vault.context, { warning: 'vault.rolledBack' }))).toBe('record.notFound')
  })
})

describe('a list of people that was edited behind the program’s back', () => {
  /** A reviewer with tools: the records key, which is theirs, and a pen. */
  async function edited(): Promise<{ vault: TestVault; id: string; identity: string }> {
    const vault = await aVault()
    const id = await settledPerson(vault, '王芳', 'reviewer')
    const { people } = await readVaultFile(vault.dir)
    const slot = present(people.find((one) => one.id === id)?.slots[0])
    const { identity } = await openPassphraseSlot(slot.sealed, ownPassphrase, undefined)
    const { records } = vault.session.keys
    lock(vault.session)
    const db = rawDb(join(vault.dir, 'records.db'), records)
    db.prepare(`UPDATE people SET role = 'handler' WHERE id = ?`).run(id)
    db.close()
    return { vault, id, identity }
  }

  test('gives nobody a key: nothing about keys goes on before that person is removed', async () => {
    const { vault, id, identity } = await edited()
    await reopened(vault)
    for (const act of [
      () => vault.call('vault.rotate', {}),
      () => addPerson(vault.session, '李雷', 'handler'),
      () => vault.call('users.setRole', { id, role: 'reviewer' }),
      () => vault.call('users.disable', { id }),
    ])
      expect(await refusal(act)).toMatchObject({ code: 'audit.broken', fields: [{ field: 'people' }] })
    const { keys } = await readVaultFile(vault.dir)
    expect(await codeOf(decryptWithIdentity(keys.identities, identity))).toBe('access.denied')
    await vault.call('users.remove', { id })
    await addPerson(vault.session, '王芳', 'reviewer')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('neither when a warning is acknowledged, nor by a recovery, which goes on', async () => {
    const { vault, identity } = await edited()
    const sealedToThem = async () =>
      codeOf(decryptWithIdentity((await readVaultFile(vault.dir)).keys.identities, identity))
    const file = await readVaultFile(vault.dir)
    rewrite(vault.dir, { ...file, people: file.people.toReversed() })
    await reopened(vault)
    await acknowledge(vault.context, { warning: 'vault.slotsChanged' })
    expect(await sealedToThem()).toBe('access.denied')
    lock(vault.session)
    const request = { path: vault.dir, newPassphrase: 'after the flood 河', workFactor: lightWorkFactor }
    const recoveryCode = present(vault.codes[0])
    lock(await recoverVault({ ...request, recoveryCode, user: owner }, new Date()))
    expect(await sealedToThem()).toBe('access.denied')
    lock(await openAt(vault.dir, { user: owner, passphrase: request.newPassphrase }))
  })
})

describe('vault.rolledBack', () => {
  async function withPast(): Promise<{ vault: TestVault; past: string }> {
    const vault = await aVault()
    await vault.call('customers.add', { name: '张三丰' })
    lock(vault.session)
    const past = freshPath('past.vault')
    cpSync(vault.dir, past, { recursive: true })
    await reopened(vault)
    await vault.call('customers.add', { name: '李四' })
    return { vault, past }
  }

  test('a whole vault put back to an older state is noticed, until an owner says that it is meant', async () => {
    const { vault, past } = await withPast()
    const seen = seenLog(vault.session.store.records)
    lock(vault.session)
    // The same vault, gone on from what was seen, is none.
    lock(await openAt(vault.dir, { seen }))
    const session = await openAt(past, { seen })
    expect(session.warnings).toEqual(['vault.rolledBack'])
    const context = contextOf(session)
    await acknowledge(context, { warning: 'vault.rolledBack' })
    expect(session.warnings).toEqual([])
    const now = seenLog(session.store.records)
    lock(session)
    expect((await openAt(past, { seen: now })).warnings).toEqual([])
  })

  test('said to be meant while the files are being copied, it waits for the end of that', async () => {
    const { vault, past } = await withPast()
    const seen = seenLog(vault.session.store.records)
    const session = await openAt(past, { seen })
    const copied = Promise.withResolvers<void>()
    const copying = holdingStill(session, async () => {
      const letGo = keepStill(join(past, 'records.db'), session.keys.records)
      await copied.promise
      letGo()
    })
    await new Promise((resolve) => setImmediate(resolve))
    const acknowledging = acknowledge(contextOf(session), { warning: 'vault.rolledBack' })
    copied.resolve()
    await Promise.all([copying, acknowledging])
    expect(session.warnings).toEqual([])
  })

  test('another history of the same length, or a longer one, is noticed too', async () => {
    const { vault, past } = await withPast()
    const seen = seenLog(vault.session.store.records)
    lock(vault.session)
    const other = await openAt(past)
    while (other.store.records.audit.count() < seen.size + 5)
      await addPerson(other, `人${other.store.records.audit.count()}`, 'reviewer')
    lock(other)
    expect((await openAt(past, { user: owner, passphrase, seen })).warnings).toEqual(['vault.rolledBack'])
    expect(present(seen).size).toBeGreaterThan(0)
  })
})
