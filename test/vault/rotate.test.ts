// Renewing keys: new keys, the same content, and at every moment one vault that opens.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readVaultFile } from '../../electron/vault/keys/vault-file.ts'
import { setQuickUnlock } from '../../electron/vault/usecases/devices.ts'
import { openVaultQuick } from '../../electron/vault/usecases/open-vault.ts'
import { generateRecoveryKit } from '../../electron/vault/keys/recovery-code.ts'
import { recoverVault } from '../../electron/vault/usecases/recover-vault.ts'
import { holdingStill } from '../../electron/vault/session.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  freshPath,
  lightWorkFactor,
  lock,
  openAt,
  present,
  rawDb,
  shut,
  testJob,
  type TestVault,
} from '../support/vault.ts'

async function filled(): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
  const { id } = await vault.call('complaints.add', { narrative: '张三丰的退款', customerName: '张三丰' })
  await vault.call('complaints.addNote', { id, text: '已致电 13800001234' })
  return vault
}

/** What people have put into both compartments, row by row; a renewal adds its entry to the log and nothing else. */
function contentOf(dir: string, keys: { records: string; identities: string | undefined }): unknown[][] {
  const tables = {
    records: ['customers', 'complaints', 'complaint_events', 'batches', 'row_leaves', 'checkpoints'],
    identities: ['customer_versions', 'complaint_versions', 'note_versions', 'customer_keys', 'meta'],
  }
  return (['records', 'identities'] as const).flatMap((name) => {
    const db = rawDb(join(dir, `${name}.db`), present(keys[name]))
    const rows = tables[name].map((table) => db.prepare(`SELECT * FROM ${table}`).all())
    db.close()
    return rows
  })
}

describe('a renewal', () => {
  test('gives both compartments new keys and a new epoch; the content stays, the old keys open nothing', async () => {
    const vault = await filled()
    const before = { ...vault.session.keys }
    const content = contentOf(vault.dir, before)
    expect(await vault.call('vault.rotate', {})).toEqual({ epoch: 2 })
    const after = { ...vault.session.keys }
    expect(after.records).not.toBe(before.records)
    expect(after.identities).not.toBe(before.identities)
    expect(contentOf(vault.dir, after)).toEqual(content)
    // The session goes on with the new files.
    await vault.call('customers.add', { name: '李四' })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    for (const name of ['records', 'identities'] as const)
      expect(() =>
        rawDb(join(vault.dir, `${name}.db`), present(before[name]))
          .prepare('SELECT 1 FROM meta')
          .get(),
      ).toThrow()
    expect(readdirSync(vault.dir).filter((name) => /next|former/.test(name))).toEqual([])
    await vault.reopen()
    expect(vault.session.epoch).toBe(2)
    expect(vault.session.warnings).toEqual([])
    expect((await vault.call('audit.list', { action: 'vault.rotated' })).items[0]?.detail).toEqual({
      epoch: 2,
    })
  })

  test('keeps the kits and quick unlock working', async () => {
    const vault = await filled()
    const quick = await generateRecoveryKit()
    await setQuickUnlock(vault.context, { recipient: quick.recipient })
    await vault.call('vault.rotate', {})
    const personId = vault.session.person.id
    lock(vault.session)
    const session = await openVaultQuick(
      { path: vault.dir, personId, identity: quick.code, failedUnlocks: [], seen: undefined },
      new Date(),
    )
    expect(session.keys.identities).toBeUndefined()
    lock(session)
    const request = {
      path: vault.dir,
      recoveryCode: present(vault.codes[1]),
      newPassphrase: 'another one 河 99',
    }
    lock(await recoverVault({ ...request, workFactor: lightWorkFactor }, new Date()))
  })

  test('lets people read on, makes those who write wait, and refuses beside a long act', async () => {
    const vault = await filled()
    let ended = false
    const rotating = vault.call('vault.rotate', {}).then(() => {
      ended = true
    })
    expect((await vault.call('customers.list', {})).total).toBe(1)
    expect(ended).toBe(false)
    // What writes asks first (process/server.ts); here, the writer's own wait.
    await vault.session.hold
    await rotating
    await vault.call('customers.add', { name: '王五' })
    vault.session.longActs = 2
    expect(await codeOf(vault.call('vault.rotate', {}))).toBe('vault.busy')
    vault.session.longActs = 0
    await holdingStill(vault.session, async () => {
      expect(await codeOf(vault.call('vault.rotate', {}))).toBe('vault.busy')
    })
  })

  test('cancelled, it leaves the vault as it was', async () => {
    const vault = await filled()
    const controller = new AbortController()
    const job = testJob(controller.signal, ({ done }) => {
      if (done === 1) controller.abort()
    })
    expect(await codeOf(vault.call('vault.rotate', {}, job))).toBe('job.cancelled')
    expect(vault.session.epoch).toBe(1)
    expect(readdirSync(vault.dir).filter((name) => /next|former/.test(name))).toEqual([])
    await vault.call('customers.add', { name: '王五' })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    await vault.reopen()
  })
})

describe('killed in the middle of a renewal, and moved before it is opened again', () => {
  /** The files as they stand at each step, made from the vault before and after. */
  async function bothStates(): Promise<{ before: string; after: string; older: TestVault }> {
    const vault = await filled()
    shut(vault.session)
    const before = freshPath('before.vault')
    cpSync(vault.dir, before, { recursive: true })
    const session = await openAt(vault.dir)
    await callVault(session, 'vault.rotate', {})
    shut(session)
    return { before, after: vault.dir, older: vault }
  }

  const moments: [string, (dir: string, after: string) => void, number][] = [
    ['a copy half written', (dir) => writeFileSync(join(dir, 'records.db.next'), Buffer.alloc(5000, 7)), 1],
    [
      'both copies ready, vault.json not yet',
      (dir, after) => {
        for (const name of ['records.db', 'identities.db'])
          cpSync(join(after, name), join(dir, `${name}.next`))
      },
      1,
    ],
    [
      'vault.json written, nothing swapped',
      (dir, after) => {
        for (const name of ['records.db', 'identities.db'])
          cpSync(join(after, name), join(dir, `${name}.next`))
        cpSync(join(after, 'vault.json'), join(dir, 'vault.json'))
      },
      2,
    ],
    [
      'records moved away, its copy not yet in place',
      (dir, after) => {
        for (const name of ['records.db', 'identities.db'])
          cpSync(join(after, name), join(dir, `${name}.next`))
        cpSync(join(after, 'vault.json'), join(dir, 'vault.json'))
        renameSync(join(dir, 'records.db'), join(dir, 'records.db.former'))
      },
      2,
    ],
    [
      'records swapped, identities not yet',
      (dir, after) => {
        renameSync(join(dir, 'records.db'), join(dir, 'records.db.former'))
        cpSync(join(after, 'records.db'), join(dir, 'records.db'))
        cpSync(join(after, 'identities.db'), join(dir, 'identities.db.next'))
        cpSync(join(after, 'vault.json'), join(dir, 'vault.json'))
      },
      2,
    ],
  ]

  test('one of both states is there, whole, and nothing is left over', async () => {
    const { before, after } = await bothStates()
    for (const [moment, make, epoch] of moments) {
      const dir = freshPath('moved.vault')
      cpSync(before, dir, { recursive: true })
      make(dir, after)
      const session = await openAt(dir)
      expect([moment, session.epoch, session.warnings]).toEqual([moment, epoch, []])
      expect((await callVault(session, 'customers.list', {})).total).toBe(1)
      expect([moment, (await callVault(session, 'vault.verify', {})).findings]).toEqual([moment, []])
      expect(readdirSync(dir).filter((name) => /next|former/.test(name))).toEqual([])
      shut(session)
    }
  })

  test('where nothing opens, nothing is touched', async () => {
    const { before } = await bothStates()
    const dir = freshPath('broken.vault')
    cpSync(before, dir, { recursive: true })
    for (const name of ['records.db', 'records.db.next'])
      writeFileSync(join(dir, name), Buffer.alloc(8192, 3))
    expect(await codeOf(openAt(dir))).toBe('vault.damaged')
    expect(existsSync(join(dir, 'records.db.next'))).toBe(true)
    expect(readFileSync(join(dir, 'records.db'))).toEqual(Buffer.alloc(8192, 3))
    expect((await readVaultFile(dir)).epoch).toBe(1)
  })
})

test('a renewal that can’t be done now is put off, warned of, and made up for', async () => {
  const vault = await filled()
  const kits = (await vault.call('kits.list', {})).items
  vault.session.longActs = 2
  await vault.call('kits.revoke', { id: present(kits[0]).id })
  vault.session.longActs = 0
  expect(vault.session.warnings).toEqual(['rotation.due'])
  expect((await vault.call('audit.list', { action: 'vault.rotationPutOff' })).items[0]?.detail).toEqual({
    code: 'vault.busy',
  })
  await vault.reopen()
  expect(vault.session.warnings).toEqual(['rotation.due'])
  await vault.call('vault.rotate', {})
  expect(vault.session.warnings).toEqual([])
  await vault.reopen()
  expect(vault.session.warnings).toEqual([])
  expect((await callVault(vault.session, 'vault.verify', {})).findings).toEqual([])
  expect(contextOf(vault.session).session.epoch).toBe(2)
})
