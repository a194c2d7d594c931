// Backups: of one moment while work goes on, signed and checked, whole or not at all.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { statusOf } from '../../electron/vault/usecases/keep-vault.ts'
import { filled, flip, folder, jobThatSays, restore, vaultIn, verify } from '../support/backup.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { readOnlyView, smallDisk } from '../support/small-disk.ts'
import {
  callVault,
  codeOf,
  digestOf,
  fileWith,
  freshPath,
  openAt,
  owner,
  passphrase,
  present,
  rawDb,
  refusal,
  shut,
  testJob,
} from '../support/vault.ts'

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
    for (let index = 0; index < 2; index += 1)
      backups.push((await vault.call('backups.create', { to })).backup)
    working = false
    await work
    expect(acknowledged.length).toBeGreaterThan(3)
    expect((await vault.call('customers.list', {})).total).toBe(300 + acknowledged.length)
    for (const backup of backups)
      expect(await verify(backup, { passphrase })).toMatchObject({ valid: true, opened: true, errors: [] })
  }, 120_000)

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
