// A finished draft gets its name wholly or not at all, also where there are no second names and where the disk fails.
import type * as files from 'node:fs/promises'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dropDraft, giveName } from '../../../electron/exchange/give-name.ts'

/** Calls that fail once, with what. */
const failing = vi.hoisted(() => new Map<string, string>())

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>()
  const failed = (call: string): Error | undefined => {
    const code = failing.get(call)
    failing.delete(call)
    return code === undefined ? undefined : Object.assign(new Error(code), { code })
  }
  const once = <A extends unknown[]>(call: string, work: (...args: A) => Promise<void>) => {
    return (...args: A): Promise<void> => {
      const error = failed(call)
      return error === undefined ? work(...args) : Promise.reject(error)
    }
  }
  return {
    ...real,
    link: once('link', real.link),
    rename: once('rename', real.rename),
    rm: once('rm', real.rm),
  }
})

let folder = ''
let draft = ''
let out = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-name-'))
  draft = join(folder, '.draft')
  out = join(folder, 'letter.pdf')
  writeFileSync(draft, 'whole')
})
afterEach(() => {
  failing.clear()
  rmSync(folder, { recursive: true })
})

test.each([{}, { link: 'EPERM' }, { link: 'ENOTSUP' }])('the draft is given over: %o', async (fails) => {
  for (const [call, code] of Object.entries(fails)) failing.set(call, code)
  await giveName(draft, out)
  expect(readdirSync(folder)).toEqual(['letter.pdf'])
  expect(readFileSync(out, 'utf8')).toBe('whole')
})

test.each([{ link: 'EIO' }, { rm: 'EIO' }, { link: 'EPERM', rename: 'EIO' }])(
  'where the disk fails, nothing stands under the name: %o',
  async (fails) => {
    for (const [call, code] of Object.entries(fails)) failing.set(call, code)
    await expect(giveName(draft, out)).rejects.toMatchObject({ code: 'EIO' })
    expect(existsSync(out)).toBe(false)
    await dropDraft(draft)
    expect(readdirSync(folder)).toEqual([])
  },
)

test.each([{}, { link: 'EPERM' }])('what stands there stays: %o', async (fails) => {
  for (const [call, code] of Object.entries(fails)) failing.set(call, code)
  writeFileSync(out, 'another')
  await expect(giveName(draft, out)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(out, 'utf8')).toBe('another')
})

test('a draft that the disk doesn’t let go is no failure of its own', async () => {
  failing.set('rm', 'EIO')
  await dropDraft(draft)
  expect(existsSync(draft)).toBe(true)
})
