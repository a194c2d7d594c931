// Backups: of one moment while work goes on, whole or not at all, and restored to the last entry of the log.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyBag } from '../../electron/exchange/export/verify-bag.ts'
import type { Job } from '../../electron/vault/process/jobs.ts'
import { restoreBackup } from '../../electron/vault/usecases/restore-backup.ts'
import { statusOf } from '../../electron/vault/usecases/keep-vault.ts'
import { type VerifyBackupRequest, verifyBackup } from '../../electron/vault/usecases/verify-backup.ts'
import type { VaultSession } from '../../electron/vault/session.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { readOnlyView, smallDisk } from '../support/small-disk.ts'
import {
  aVault,
  callVault,
  codeOf,
  digestOf,
  dump,
  fileWith,
  freshPath,
  lock,
  makeVault,
  openAt,
  owner,
  passphrase,
  present,
  rawDb,
  refusal,
  shut,
  testJob,
  type TestVault,
} from '../support/vault.ts'

let template = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(300))), kind: 'customers' })
  const complaints = Array.from({ length: 40 }, (_, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  lock(vault.session)
  template = vault.dir
})

/** A vault with 300 customers and 40 complaints, open. */
async function filled(): Promise<TestVault> {
  const dir = freshPath('示例.vault')
  cpSync(template, dir, { recursive: true })
  return aVault({ dir, codes: [] })
}

function folder(): string {
  const path = freshPath('backups')
  mkdirSync(path)
  return path
}

const verify = (path: string, more: Partial<VerifyBackupRequest> = {}) =>
  verifyBackup({ path, ...more }, testJob())
const restore = (path: string, to: string, secret = passphrase) =>
  restoreBackup({ path, to, passphrase: secret }, new Date(), testJob())
const vaultIn = (bag: string): string => join(bag, 'data', 'vault')

/** A job that says so when the copying of the files begins. */
function jobThatSays(onCopy: () => void, signal = new AbortController().signal): Job {
  let said = false
  const job = testJob(signal)
  return {
    ...job,
    report: (phase) => {
      if (phase !== 'copy' || said) return
      said = true
      onCopy()
    },
  }
}

/** Every value of both databases, but for what an unlock and a restore write. */
function contentOf(dir: string, keys: VaultSession['keys']): string[] {
  const records = rawDb(join(dir, 'records.db'), keys.records)
  const identities = rawDb(join(dir, 'identities.db'), present(keys.identities))
  const content = [...dump(records), ...dump(identities)]
  records.close()
  identities.close()
  return content
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at)
  writeFileSync(path, bytes)
}

describe('a backup', () => {
  test('is a signed bag that openssl and sha256sum check, under a name that says nothing of whose it is', async () => {
    const vault = await filled()
    const to = folder()
    const { backup, bytes, verified } = await vault.call('backups.create', { to })
    expect(verified).toBe(true)
    expect(basename(backup)).toMatch(/^guicang-backup-\d{8}T\d{6}Z-[0-9a-f]{4}$/)
    expect(readdirSync(to)).toEqual([basename(backup)])
    expect(readdirSync(vaultIn(backup)).toSorted()).toEqual(['identities.db', 'records.db', 'vault.json'])
    const sizes = readdirSync(vaultIn(backup)).map((name) => statSync(join(vaultIn(backup), name)).size)
    expect(bytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
      execFileSync('sha256sum', ['--check', '--strict', '--quiet', manifest], { cwd: backup })
    const commands = readFileSync(join(backup, 'signature', 'README.txt'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('    openssl'))
    expect(commands.length).toBeGreaterThan(0)
    for (const line of commands)
      expect([line, spawnSync('sh', ['-c', line], { cwd: backup }).status]).toEqual([line, 0])
    const certificate = readFileSync(join(backup, 'certificate.txt'), 'utf8')
    for (const text of ['备份证书', 'Backup certificate', '客户：300', 'Complaints: 40', owner])
      expect(certificate).toContain(text)
    expect(readFileSync(join(backup, 'bag-info.txt'), 'utf8')).toContain('Guicang-Customers: 300\n')
    const note = readFileSync(join(backup, 'checkpoint.txt'), 'utf8')
    expect((await vault.call('audit.verify', { checkpoint: note })).findings).toEqual([])
  })

  test('stands in the log by its digest, without a path, and in what the session says of the last one', async () => {
    const vault = await filled()
    expect(statusOf(vault.session).lastBackup).toBeNull()
    const { backup, bytes } = await vault.call('backups.create', { to: folder() })
    const [entry] = (await vault.call('audit.list', { action: 'backup.created' })).items
    expect(entry).toMatchObject({
      user: owner,
      detail: {
        backup: basename(backup),
        bytes,
        sha256: digestOf(join(backup, 'tagmanifest-sha256.txt')),
        customers: 300,
        complaints: 40,
      },
    })
    expect(JSON.stringify(entry)).not.toContain('/')
    expect(statusOf(vault.session).lastBackup).toBe(present(entry).at)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('verified with and without a passphrase: the bag alone, or the vault in it to the last digest', async () => {
    const vault = await filled()
    const { backup } = await vault.call('backups.create', { to: folder() })
    expect(await verify(backup)).toMatchObject({ valid: true, errors: [], opened: false, counts: null })
    const report = await verify(backup, { passphrase, user: owner })
    expect(report).toMatchObject({
      valid: true,
      errors: [],
      trust: 'unanchored',
      opened: true,
      counts: { customers: 300, complaints: 40, attachments: 0 },
    })
    expect(await codeOf(verify(backup, { passphrase: 'falsch' }))).toBe('vault.wrongPassphrase')
    // The vault that is open all the while is none the wiser.
    expect((await vault.call('customers.list', {})).total).toBe(300)
  })

  test('is verified and restored from a medium that can only be read', async (context) => {
    const vault = await filled()
    const to = folder()
    const { backup } = await vault.call('backups.create', { to })
    const view = readOnlyView(to)
    if (view === undefined) return context.skip()
    const path = join(view, basename(backup))
    expect(await verify(path, { passphrase })).toMatchObject({ valid: true, opened: true })
    const target = freshPath('restored.vault')
    expect((await restore(path, target)).customers).toBe(300)
  })
})

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
    const clear = { id, fields: ['name', 'mobile'], reason: '电话回访' } as const
    expect(
      await callVault(session, 'customers.reveal', { ...clear, fields: [...clear.fields] }),
    ).toMatchObject({
      values: { name: '张三丰', mobile: '13800001234' },
    })
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

describe('while work goes on', () => {
  test('what is written during the copy waits for it, is acknowledged, and isn’t in it; reading goes on', async () => {
    const vault = await filled()
    const during: Promise<unknown>[] = []
    let heldWhileReading = false
    const job = jobThatSays(() => {
      during.push(
        vault.call('customers.list', {}).then(({ total }) => {
          heldWhileReading = vault.session.hold !== undefined
          return total
        }),
        // As the vault process does it: what writes waits.
        (async () => {
          while (vault.session.hold !== undefined) await vault.session.hold
          return vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
        })(),
        vault.call('customers.list', { query: '欧阳懿一' }),
      )
    })
    const { backup } = await vault.call('backups.create', { to: folder() }, job)
    const [total] = await Promise.all(during)
    expect(total).toBe(300)
    expect(heldWhileReading).toBe(true)
    expect((await vault.call('customers.list', {})).total).toBe(301)
    expect((await verify(backup, { passphrase })).counts?.customers).toBe(300)
    expect((await vault.call('audit.list', { action: 'customers.searched' })).items).toHaveLength(1)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('customers that are added beside backups: each backup verifies, nothing acknowledged is lost', async () => {
    const vault = await filled()
    const to = folder()
    let working = true
    const acknowledged: string[] = []
    const work = (async () => {
      while (working) {
        while (vault.session.hold !== undefined) await vault.session.hold
        const { id } = await vault.call('customers.add', {
          name: `张${acknowledged.length}`,
          mobile: '13800001234',
        })
        acknowledged.push(id)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    const backups: string[] = []
    for (let index = 0; index < 3; index += 1)
      backups.push((await vault.call('backups.create', { to })).backup)
    working = false
    await work
    expect(acknowledged.length).toBeGreaterThan(3)
    expect((await vault.call('customers.list', {})).total).toBe(300 + acknowledged.length)
    for (const backup of backups)
      expect(await verify(backup, { passphrase })).toMatchObject({ valid: true, opened: true, errors: [] })
  })

  test('an import that runs keeps a backup out, and the other way round', async () => {
    const vault = await filled()
    const to = folder()
    const running = vault.call('imports.run', {
      path: fileWith(csvOf(customerRows(2000, 5000))),
      kind: 'customers',
    })
    await expect.poll(() => vault.session.writingBatch).toBe(true)
    expect(await codeOf(vault.call('backups.create', { to }))).toBe('vault.busy')
    expect(readdirSync(to)).toEqual([])
    expect((await running).accepted).toBe(2000)
    let second: Promise<string> | undefined
    const job = jobThatSays(() => {
      second = codeOf(
        vault.call('imports.run', { path: fileWith(csvOf(customerRows(5, 9000))), kind: 'customers' }),
      )
    })
    await vault.call('backups.create', { to }, job)
    expect(await second).toBe('vault.busy')
  })

  test('another connection that writes the file meanwhile can’t tear the copy', async () => {
    const vault = await filled()
    let refused = ''
    const job = jobThatSays(() => {
      const db = rawDb(join(vault.dir, 'records.db'), vault.session.keys.records)
      db.pragma('busy_timeout = 0')
      try {
        db.prepare(`UPDATE meta SET value = value WHERE key = 'vault.id'`).run()
      } catch (thrown) {
        refused = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
      } finally {
        db.close()
      }
    })
    const { backup } = await vault.call('backups.create', { to: folder() }, job)
    expect(refused).toBe('SQLITE_BUSY')
    expect((await verify(backup, { passphrase })).valid).toBe(true)
  })
})

describe('nothing half done', () => {
  test('a folder that isn’t there, is a file, or lies in the vault: refused, nothing logged', async () => {
    const vault = await filled()
    const create = (to: string) => vault.call('backups.create', { to })
    expect(await codeOf(create(freshPath('no')))).toBe('file.notFound')
    expect(await codeOf(create(fileWith('mine')))).toBe('file.notFound')
    expect(await refusal(create(vault.dir))).toMatchObject({
      code: 'input.invalid',
      fields: [{ field: 'to', rule: 'insideVault' }],
    })
    mkdirSync(join(vault.dir, 'inner'))
    expect(await codeOf(create(join(vault.dir, 'inner')))).toBe('input.invalid')
    expect(readdirSync(join(vault.dir, 'inner'))).toEqual([])
    const { items } = await vault.call('audit.list', {})
    expect(items.filter(({ action }) => action.startsWith('backup.'))).toEqual([])
  })

  test('called off while it copies, or later: no folder, no draft, no entry, and work goes on', async () => {
    const vault = await filled()
    const to = folder()
    for (const phase of ['copy', 'seal', 'verify', 'check']) {
      const controller = new AbortController()
      const job = testJob(controller.signal)
      const called = {
        ...job,
        report: (now: string) => {
          if (now === phase) controller.abort()
        },
      }
      expect([phase, await codeOf(vault.call('backups.create', { to }, called))]).toEqual([
        phase,
        'job.cancelled',
      ])
      expect(readdirSync(to)).toEqual([])
    }
    const { items } = await vault.call('audit.list', {})
    expect(items.filter(({ action }) => action.startsWith('backup.'))).toEqual([])
    await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a full disk is named, leaves nothing, and the log tells that it failed', async (context) => {
    const vault = await filled()
    const bytes = statSync(join(vault.dir, 'records.db')).size
    const disk = smallDisk(Math.floor((bytes * 1.2) / 1024))
    if (disk === undefined) return context.skip()
    expect(await codeOf(vault.call('backups.create', { to: disk }))).toBe('disk.full')
    expect(readdirSync(disk)).toEqual([])
    expect((await vault.call('audit.list', { action: 'backup.failed' })).items).toMatchObject([
      { detail: { code: 'disk.full' } },
    ])
    expect(statusOf(vault.session).lastBackup).toBeNull()
    await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
  })

  test('a target that can only be read is named', async (context) => {
    const vault = await filled()
    const view = readOnlyView(folder())
    if (view === undefined) return context.skip()
    expect(await codeOf(vault.call('backups.create', { to: view }))).toBe('file.unreadable')
  })

  test('what a killed program left of an earlier try goes with the next backup', async () => {
    const vault = await filled()
    const to = folder()
    const gone = spawnSync(process.execPath, ['--version']).pid
    const left = `.guicang-backup-${vault.session.vaultId.slice(-12)}.partial-${gone}-0123456789ab`
    const others = `.guicang-backup-0123456789ab.partial-${process.pid}-0123456789ab`
    for (const name of [left, others]) {
      mkdirSync(join(to, name, 'data'), { recursive: true })
      writeFileSync(join(to, name, 'data', 'part'), 'part')
    }
    const { backup } = await vault.call('backups.create', { to })
    expect(readdirSync(to).toSorted()).toEqual([others, basename(backup)].toSorted())
  })

  test('a vault that is damaged makes no backup that would count', async () => {
    const vault = await filled()
    shut(vault.session)
    const path = join(vault.dir, 'identities.db')
    flip(path, Math.floor(statSync(path).size / 4096 / 2) * 4096 + 2000)
    const session = await openAt(vault.dir)
    const to = folder()
    const error = await refusal(callVault(session, 'backups.create', { to }))
    expect(error).toMatchObject({ code: 'vault.damaged', fields: [{ field: 'identities.db' }] })
    expect(readdirSync(to)).toEqual([])
    shut(session)
  })

  test('without a signing key or with identities closed there is no backup', async () => {
    const vault = await filled()
    const { signingKey: _none, ...rest } = vault.session
    const mute = { ...rest, signingKey: undefined }
    expect(await codeOf(callVault(mute, 'backups.create', { to: folder() }))).toBe('access.denied')
    const closed = { ...vault.session, store: { ...vault.session.store, identities: undefined } }
    expect(await codeOf(callVault(closed, 'backups.create', { to: folder() }))).toBe('identities.closed')
  })
})
