// A changed passphrase, a recovery, parts of two vaults: crashes are no alarm, edits from outside are one.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  readVaultFile,
  serialiseVaultFile,
  vaultFileDigest,
  writeVaultFile,
} from '../../electron/vault/keys/vault-file.ts'
import { metaKeys } from '../../electron/vault/store/meta-keys.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { recoverVault } from '../../electron/vault/usecases/recover-vault.ts'
import { changeVaultFile } from '../../electron/vault/usecases/vault-file-change.ts'
import { startChild } from '../support/vault-process.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  copiedVault,
  digestOf,
  freshPath,
  lightWorkFactor,
  lock,
  makeVault,
  openAt,
  owner,
  passphrase,
  present,
  refusal,
  shut,
} from '../support/vault.ts'

const newPassphrase = 'an other 口令 entirely'
const changeTo = (passphraseNow: string, deviceSecret?: string) => ({
  passphrase: passphraseNow,
  newPassphrase,
  deviceSecret,
  workFactor: lightWorkFactor,
})

describe('a changed passphrase', () => {
  test('the new one opens, the old one doesn’t, the log says so', async () => {
    const vault = await aVault()
    expect(await codeOf(changePassphrase(vault.context, changeTo('wrong')))).toBe('vault.wrongPassphrase')
    await changePassphrase(vault.context, changeTo(passphrase))
    expect((await vault.call('audit.list', { limit: 1 })).items[0]?.action).toBe('vault.passphraseChanged')
    lock(vault.session)
    expect(await codeOf(openAt(vault.dir))).toBe('vault.wrongPassphrase')
    const session = await openAt(vault.dir, { passphrase: newPassphrase })
    expect(session.warnings).toEqual([])
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })

  test('an older vault.json put back is noticed, named by verify, and blocks the next change', async () => {
    const vault = await aVault()
    const old = readFileSync(join(vault.dir, 'vault.json'))
    await changePassphrase(vault.context, changeTo(passphrase))
    lock(vault.session)
    writeFileSync(join(vault.dir, 'vault.json'), old)
    const session = await openAt(vault.dir)
    expect(session.warnings).toEqual(['vault.slotsChanged'])
    const report = await callVault(session, 'vault.verify', {})
    expect(report.findings.map(({ code, where }) => [code, where])).toEqual([
      ['vault.slotsChanged', 'vault.json'],
    ])
    expect(await codeOf(changePassphrase(contextOf(session), changeTo(passphrase)))).toBe(
      'vault.slotsChanged',
    )
  })

  test('a recovery doesn’t launder a vault.json that was edited from outside', async () => {
    const { dir, codes } = await copiedVault()
    const file = await readVaultFile(dir)
    const [first, ...others] = file.people
    const renamed = { ...file, people: [{ ...present(first), name: '冒名' }, ...others] }
    writeFileSync(join(dir, 'vault.json'), serialiseVaultFile(renamed))
    const request = { path: dir, recoveryCode: present(codes[0]), newPassphrase, workFactor: lightWorkFactor }
    const session = await recoverVault(request, new Date())
    expect(session.warnings).toContain('vault.slotsChanged')
  })

  test.each(['before vault.json is written', 'after vault.json is written'])(
    'killed %s: no alarm',
    async (moment) => {
      const vault = await aVault()
      const { records } = vault.session.store
      const file = await readVaultFile(vault.dir)
      const slot = { ...present(present(file.people[0]).slots[0]), id: crypto.randomUUID() }
      const changed = {
        ...file,
        people: file.people.map((person, index) => (index === 0 ? { ...person, slots: [slot] } : person)),
      }
      const pending = {
        digest: vaultFileDigest(changed),
        entry: {
          personId: vault.session.person.id,
          user: owner,
          at: new Date().toISOString(),
          action: 'vault.passphraseChanged',
          subject: vault.session.person.id,
          detail: { slot: slot.id },
          people: [],
        },
      }
      records.meta.set(metaKeys.vaultFilePending, JSON.stringify(pending))
      if (moment.startsWith('after')) await writeVaultFile(vault.dir, changed)
      shut(vault.session)
      const session = await openAt(vault.dir)
      expect(session.warnings).toEqual([])
      expect(session.store.records.meta.find(metaKeys.vaultFilePending)).toBeUndefined()
      const { items } = await callVault(session, 'audit.list', { action: 'vault.passphraseChanged' })
      expect(items).toHaveLength(moment.startsWith('after') ? 1 : 0)
      expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    },
  )

  test('the steps of a real change, cut by a kill right after it, leave the new passphrase', async () => {
    const { dir } = await copiedVault()
    const child = await startChild(dir, passphrase, { act: 'passphrase', newPassphrase })
    expect(await child.ended).toBe('SIGKILL')
    const session = await openAt(dir, { passphrase: newPassphrase })
    expect(session.warnings).toEqual([])
    const file = await readVaultFile(dir)
    await changeVaultFile(session.store.records, dir, file, {
      personId: session.person.id,
      user: owner,
      at: new Date().toISOString(),
      action: 'test.unchanged',
      subject: '',
      detail: {},
      people: [],
    })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })
})

describe('recovery', () => {
  test('each kit sets a new passphrase, again and again; the log and its signatures stay provable', async () => {
    const { dir, codes } = await copiedVault()
    for (const [index, recoveryCode] of codes.entries()) {
      const chosen = `recovered ${index}`
      const session = await recoverVault(
        { path: dir, recoveryCode, newPassphrase: chosen, workFactor: lightWorkFactor },
        new Date(),
      )
      const { note } = await callVault(session, 'audit.checkpoint', {})
      expect((await callVault(session, 'audit.verify', { checkpoint: note })).findings).toEqual([])
      lock(session)
      expect(await codeOf(openAt(dir))).toBe('vault.wrongPassphrase')
      lock(await openAt(dir, { passphrase: chosen }))
    }
    const session = await openAt(dir, { passphrase: 'recovered 1' })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    expect(
      (await callVault(session, 'audit.list', { action: 'vault.recovered' })).total,
    ).toBeGreaterThanOrEqual(2)
  })

  test('a mistyped code names its group before anything else; a good one of another vault is unknown', async () => {
    const { dir, codes } = await copiedVault()
    const code = present(codes[0])
    const before = digestOf(join(dir, 'vault.json'))
    const at = 'AGE-SECRET-KEY-1'.length + 20
    const typo = code.slice(0, at) + (code[at] === 'Q' ? 'P' : 'Q') + code.slice(at + 1)
    const request = (recoveryCode: string, path = dir) =>
      recoverVault({ path, recoveryCode, newPassphrase, workFactor: lightWorkFactor }, new Date())
    const error = await refusal(request(typo))
    expect(error.code).toBe('recovery.codeInvalid')
    expect(present(error.fields)[0]).toMatchObject({ rule: 'group' })
    expect(present(present(error.fields)[0]?.value)).toMatch(/^\d+$/)
    // Also where there is no vault to recover: the typo comes first.
    expect(await codeOf(request(typo, freshPath('nothing')))).toBe('recovery.codeInvalid')
    const other = await makeVault()
    expect(await codeOf(request(present(other.codes[0])))).toBe('recovery.codeUnknown')
    expect(digestOf(join(dir, 'vault.json'))).toBe(before)
    lock(await openAt(dir))
  })
})

describe('parts of two vaults', () => {
  test('a vault.json of another vault opens nothing here', async () => {
    const mine = await copiedVault()
    const other = await makeVault()
    cpSync(join(other.dir, 'vault.json'), join(mine.dir, 'vault.json'))
    expect(await codeOf(openAt(mine.dir))).toBe('vault.damaged')
    cpSync(join(mine.dir, 'records.db'), join(mine.dir, 'records.bak'))
    expect(await codeOf(openAt(mine.dir))).toBe('vault.damaged')
  })

  test('databases swapped with each other, or for another vault’s', async () => {
    const swapped = (await copiedVault()).dir
    cpSync(join(swapped, 'records.db'), join(swapped, 'aside'))
    cpSync(join(swapped, 'identities.db'), join(swapped, 'records.db'))
    cpSync(join(swapped, 'aside'), join(swapped, 'identities.db'))
    expect(await codeOf(openAt(swapped))).toBe('vault.damaged')
    const other = await makeVault()
    for (const name of ['records.db', 'identities.db']) {
      const { dir } = await copiedVault()
      cpSync(join(other.dir, name), join(dir, name))
      expect(await refusal(openAt(dir))).toMatchObject({ code: 'vault.damaged', fields: [{ field: name }] })
    }
  })
})
