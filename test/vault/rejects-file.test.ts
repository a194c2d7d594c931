// The rejects file and an import that is refused, and files in its place that are somebody's.
import { existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rejectsFile } from '../../electron/exchange/import/rejects.ts'
import { GuicangError } from '../../shared/errors.ts'
import { aVault, codeOf, fileWith, freshPath } from '../support/vault.ts'

const text = '姓名,手机号\n赵一,13800000001,多\n好,13800000002\n'

const allOf = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => name.includes(basename(path)))

describe('the rejects file', () => {
  test('goes again when the batch can’t be made live after all', async () => {
    const vault = await aVault()
    const rejectsPath = freshPath('rejects.csv')
    const { batches } = vault.session.store.records
    const { setState } = batches
    let stood = false
    batches.setState = () => {
      stood = existsSync(rejectsPath)
      throw new GuicangError('disk.full')
    }
    const run = () => vault.call('imports.run', { path: fileWith(text), kind: 'customers', rejectsPath })
    expect(await codeOf(run())).toBe('disk.full')
    expect([stood, ...allOf(rejectsPath)]).toEqual([true])
    expect((await vault.call('imports.list', {})).items).toEqual([])
    batches.setState = setState
    expect(await run()).toMatchObject({ rejected: 1 })
    expect(allOf(rejectsPath)).toEqual([basename(rejectsPath)])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('is told from other files by their beginning, whatever their size', async () => {
    const bytes = 3 * 1024 ** 3
    const path = fileWith('line,row,reason,raw\r\nmine', 'mine.csv')
    truncateSync(path, bytes)
    expect(await codeOf(rejectsFile(path))).toBe('file.exists')
    expect(statSync(path).size).toBe(bytes)
    expect(allOf(path)).toEqual([basename(path)])
  })

  test('writes a raw row so that a CSV reader gets every character of it back', async () => {
    const path = freshPath('rejects.csv')
    const file = await rejectsFile(path)
    const raw = `@SUM(A1),"o""ne",-5,\t'x`
    await file.add([{ row: 1, line: 2, reason: 'too-many-cells', raw }])
    await file.finish()
    expect(readFileSync(path, 'utf8')).toBe(
      `\ufeffline,row,reason,raw\r\n2,1,too-many-cells,"${raw.replaceAll('"', '""')}"\r\n`,
    )
  })
})
