// What a killed process left half done is removed when the same thing is begun again; nothing else is.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { beginBag } from '../../electron/exchange/export/bag.ts'
import { rejectsFile } from '../../electron/exchange/import/rejects.ts'
import { freshPath, makeVault } from '../support/vault.ts'

const hex = '0123456789ab'
const old = new Date(Date.now() - 2 * 60 * 60 * 1000)

/** The number of a process that has ended. */
const gone = spawnSync(process.execPath, ['--version']).pid

function folder(): string {
  const path = freshPath('parent')
  mkdirSync(path)
  return path
}

function draft(parent: string, name: string, age?: Date): void {
  mkdirSync(join(parent, name, 'data'), { recursive: true })
  const file = join(parent, name, 'data', 'customers.csv')
  writeFileSync(file, '欧阳小糖')
  if (age === undefined) return
  for (const path of [file, join(parent, name, 'data'), join(parent, name)]) utimesSync(path, age, age)
}

/** Drafts of one target: three that are left over, and what has to stay. */
function leave(parent: string, stem: string): string[] {
  draft(parent, `${stem}-${gone}-${hex}`)
  draft(parent, `${stem}-${hex}`, old)
  draft(parent, `${stem}-${process.pid}-${hex}`, old)
  const staying = [
    `${stem}-${process.pid}-${hex.replace('0', 'f')}`,
    `${stem}-${hex.replace('0', 'f')}`,
    `${stem}-${process.pid}-${hex.replace('0', 'e')}`,
    `${stem}-notes`,
    `${stem}-${gone}-${hex}-copy`,
    `other${stem}-${gone}-${hex}`,
  ]
  for (const name of staying) draft(parent, name, name.includes('notes') ? old : undefined)
  // An export that runs for hours is alive as long as something in it is written.
  const long = join(parent, staying[2] ?? '')
  utimesSync(long, old, old)
  return staying
}

describe('left-over drafts of the same target are removed, others stay', () => {
  test('of a bag', async () => {
    const parent = folder()
    const staying = leave(parent, '.移交.partial')
    const bag = await beginBag(join(parent, '移交'))
    expect(readdirSync(parent)).toHaveLength(staying.length + 1)
    await bag.abort()
    expect(readdirSync(parent).toSorted()).toEqual(staying.toSorted())
  })

  test('of a rejects file', async () => {
    const parent = folder()
    const staying = leave(parent, 'rejects.csv.partial')
    const file = await rejectsFile(join(parent, 'rejects.csv'))
    expect(readdirSync(parent)).toHaveLength(staying.length + 1)
    await file.abandon()
    expect(readdirSync(parent).toSorted()).toEqual(staying.toSorted())
  })

  test('of a new vault', async () => {
    const parent = folder()
    const staying = leave(parent, '.示例.vault.creating')
    await makeVault({ dir: join(parent, '示例.vault') })
    expect(readdirSync(parent).toSorted()).toEqual([...staying, '示例.vault'].toSorted())
  })
})
