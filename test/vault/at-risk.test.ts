// Disks that are read-only or full: named, nothing lost, and the vault opens again with all that was acknowledged.
import { copyFileSync, cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOnlyView, smallDisk } from '../support/small-disk.ts'
import {
  aVault,
  callVault,
  codeOf,
  copiedVault,
  fileWith,
  lock,
  makeVault,
  openAt,
  shut,
} from '../support/vault.ts'

const big = `姓名,手机号,备注\n${Array.from({ length: 4000 }, (_, index) => `客户${index},1380000${String(index).padStart(4, '0')},${'字'.repeat(100)}`).join('\n')}\n`

describe('a read-only medium', () => {
  test('neither opens nor creates a vault, and says why', async (context) => {
    const { dir } = await copiedVault()
    const view = readOnlyView(join(dir, '..'))
    if (view === undefined) return context.skip()
    const name = dir.slice(dir.lastIndexOf('/') + 1)
    expect(await codeOf(openAt(join(view, name)))).toBe('vault.readOnly')
    expect(await codeOf(makeVault({ dir: join(view, 'new.vault') }))).toBe('vault.readOnly')
    lock(await openAt(dir))
  })
})

describe('a full disk', () => {
  test('creating a vault leaves nothing behind', async (context) => {
    const disk = smallDisk(128)
    if (disk === undefined) return context.skip()
    expect(await codeOf(makeVault({ dir: join(disk, 'v.vault') }))).toBe('disk.full')
    expect(readdirSync(disk)).toEqual([])
  })

  test('an import and a new customer are refused as disk.full; everything acknowledged is there afterwards', async (context) => {
    const disk = smallDisk(2000)
    if (disk === undefined) return context.skip()
    const { dir } = await copiedVault()
    const onDisk = join(disk, 'v.vault')
    cpSync(dir, onDisk, { recursive: true })
    const vault = await aVault({ dir: onDisk, codes: [] })
    const acknowledged: string[] = []
    for (let index = 0; index < 5; index += 1) {
      const { id } = await vault.call('customers.add', { name: `张三${index}`, mobile: '13800001234' })
      acknowledged.push(id)
    }
    const path = fileWith(big)
    expect(await codeOf(vault.call('imports.run', { path, kind: 'customers' }))).toBe('disk.full')
    const filler = join(disk, 'filler')
    writeFileSync(filler, '')
    for (let size = 1024 * 1024; size >= 512; size /= 2) {
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' })
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'ENOSPC' })
      }
    }
    let refused = 0
    for (let index = 0; index < 20 && refused === 0; index += 1) {
      try {
        const { id } = await vault.call('customers.add', { name: '李四', address: '住'.repeat(400) })
        acknowledged.push(id)
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'disk.full' })
        refused += 1
      }
    }
    expect(refused).toBe(1)
    shut(vault.session)
    expect(statSync(filler).size).toBeGreaterThan(0)
    rmSync(filler)
    const session = await openAt(onDisk)
    const { items } = await callVault(session, 'customers.list', {})
    expect(items.map(({ id }) => id)).toEqual(acknowledged)
    expect((await callVault(session, 'imports.list', {})).items).toEqual([])
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    lock(session)
  })

  test('an export is refused and leaves no folder', async (context) => {
    const disk = smallDisk(64)
    if (disk === undefined) return context.skip()
    const vault = await aVault()
    await vault.call('imports.run', { path: fileWith(big), kind: 'customers' })
    const out = join(disk, 'bag')
    expect(await codeOf(vault.call('exports.run', { kind: 'customers', format: 'csv', out }))).toBe(
      'disk.full',
    )
    expect(readdirSync(disk)).toEqual([])
    copyFileSync(join(vault.dir, 'vault.json'), join(disk, 'space-is-back'))
  })
})
