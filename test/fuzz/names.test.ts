// Hostile names of folders, files and people.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { createVault } from '../../electron/vault/usecases/create-vault.ts'
import { cli } from '../support/cli.ts'
import { codeIn, realDoor } from '../support/gate.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { copiedVault, fileWith, freshPath, lightWorkFactor, makeVault, passphrase } from '../support/vault.ts'
import { record } from './support/counts.ts'
import { hostileNames, terminalHazard } from './support/hostile.ts'

const names = Object.entries(hostileNames)

describe('hostile names', () => {
  test('of a vault’s folder: made, listed, opened, remembered; nothing is made beside it', async () => {
    const folder = freshPath('folders')
    mkdirSync(folder)
    for (const [, name] of names) await makeVault({ dir: join(folder, name) })
    const door = realDoor()
    const listed = await door.call('files.browse', { folder })
    expect(listed.entries.map(({ name }) => name).toSorted()).toEqual(
      names.map(([, name]) => name).toSorted(),
    )
    expect(listed.entries.every(({ kind }) => kind === 'vault')).toBe(true)
    for (const [what, name] of names.slice(0, 5)) {
      const path = join(folder, name)
      await door.call('vault.unlock', { path, passphrase })
      await door.call('customers.add', { name: '王小明' })
      const { items } = await door.call('app.listRecents', {})
      expect([what, items[0]?.path, items[0]?.exists]).toEqual([what, path, true])
      await door.call('vault.lock', {})
    }
    // On the command line too, also where the name looks like an option.
    for (const [what, name] of names.filter((_, index) => index % 6 === 0)) {
      const { code, stdout, stderr } = await cli(['vault', 'info', join(folder, name)], { plain: true })
      expect([what, code, stderr]).toEqual([what, 0, ''])
      expect([what, terminalHazard.test(stdout.replaceAll('\n', ''))]).toEqual([what, false])
    }
    record('hostile names of folders', names.length)
  }, 300_000)

  test('of files that come in and bags that go out', async () => {
    const { dir } = await copiedVault()
    const door = realDoor()
    await door.call('vault.unlock', { path: dir, passphrase })
    const folder = freshPath('files')
    mkdirSync(folder)
    for (const [index, [what, name]] of names.entries()) {
      const path = join(folder, `${name}.csv`)
      writeFileSync(path, csvOf(customerRows(1, index * 10)))
      const preview = await door.call('imports.preview', { path })
      expect([what, preview.fileName]).toEqual([what, `${name}.csv`])
      const result = await door.call('imports.run', {
        path,
        kind: 'customers',
        rejectsPath: join(folder, `${name}.rejects.csv`),
      })
      expect([what, result.accepted]).toEqual([what, 1])
    }
    for (const [what, name] of names.filter((_, index) => index % 4 === 0)) {
      const out = join(folder, `${name} bag`)
      await door.call('exports.run', { kind: 'customers', format: 'csv', out })
      expect([what, (await door.call('bags.verify', { path: out })).valid]).toEqual([what, true])
    }
    expect((await door.call('vault.verify', {})).findings).toEqual([])
    record('hostile names of files', names.length)
  })

  test('of a person: refused where it holds what can’t be seen, before anything is made', async () => {
    const door = realDoor()
    const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
    const refused = names.filter(([, raw]) => unseen.test(raw.trim()))
    expect(refused.length).toBeGreaterThan(3)
    for (const [what, raw] of refused) {
      const path = freshPath('person.vault')
      const request = { path, company: { name: 'A' }, owner: raw, passphrase, deviceBinding: false }
      expect([what, codeIn(await door.ask('vault.create', request))]).toEqual([what, 'input.invalid'])
      expect(existsSync(path)).toBe(false)
    }
    record('hostile names of people', refused.length)
  })

  test('of a company: kept, shown on the terminal without what it obeys', async () => {
    for (const [what, raw] of names.filter((_, index) => index % 4 === 0)) {
      // The contract takes the space around a name away.
      const name = raw.trim()
      const path = freshPath('person.vault')
      const company = { name, creditCode: name, address: name, timeZone: 'Asia/Shanghai' }
      const request = {
        path,
        vaultId: uuidv7(),
        company,
        owner: 'A',
        passphrase,
        workFactor: lightWorkFactor,
      }
      await createVault(request, new Date())
      const door = realDoor()
      const session = await door.call('vault.unlock', { path, passphrase })
      expect([what, session.company.name]).toEqual([what, name])
      await door.call('customers.add', { name: '王小明' })
      await door.call('exports.run', { kind: 'customers', format: 'csv', out: freshPath('bag') })
      await door.call('vault.lock', {})
      for (const plain of [true, false]) {
        const args = [plain ? 'audit' : 'vault', plain ? 'list' : 'open', path]
        const { code, stdout } = await cli(args, { passphrase, plain })
        expect([what, code]).toEqual([what, 0])
        expect([what, plain, terminalHazard.test(stdout.replaceAll('\n', ''))]).toEqual([what, plain, false])
      }
    }
    record('hostile names of companies', Math.ceil(names.length / 4))
  }, 300_000)

  test('too long for the file system: refused in words, wherever a path is taken', async () => {
    const { dir } = await copiedVault()
    const door = realDoor()
    const long = join(freshPath('long'), '长'.repeat(300))
    const short = join(freshPath(''), '..', 'x'.repeat(300))
    for (const path of [long, short]) {
      const company = { name: '示例' }
      const closed = [
        await door.ask('vault.getInfo', { path }),
        await door.ask('vault.unlock', { path, passphrase }),
        await door.ask('vault.create', { path, company, owner: 'A', passphrase, deviceBinding: false }),
        await door.ask('vault.recover', { path, recoveryCode: 'x', newPassphrase: passphrase }),
        await door.ask('files.browse', { folder: path }),
        await door.ask('bags.verify', { path }),
      ]
      expect(closed.map(codeIn)).not.toContain('internal')
      expect(closed.map(codeIn)).not.toContain('ok')
      await door.call('vault.unlock', { path: dir, passphrase })
      const table = fileWith(csvOf(customerRows(1)))
      const open = [
        await door.ask('imports.preview', { path }),
        await door.ask('imports.run', { path, kind: 'customers' }),
        await door.ask('imports.run', { path: table, kind: 'customers', rejectsPath: path }),
        await door.ask('exports.run', { kind: 'customers', format: 'csv', out: path }),
      ]
      expect(open.map(codeIn)).not.toContain('internal')
      expect(open.map(codeIn)).not.toContain('ok')
      await door.call('vault.lock', {})
    }
  })

  test('the two forms of one name are two folders, each kept as it is written', async () => {
    const parent = freshPath('forms')
    mkdirSync(parent)
    const made = []
    for (const name of [hostileNames['NFC'] ?? '', hostileNames['NFD'] ?? ''])
      made.push(await makeVault({ dir: join(parent, name) }))
    const ids = made.map(
      ({ dir }) => /"vaultId":\s*"([^"]+)"/.exec(readFileSync(join(dir, 'vault.json'), 'utf8'))?.[1],
    )
    expect(new Set(ids).size).toBe(2)
  })
})
