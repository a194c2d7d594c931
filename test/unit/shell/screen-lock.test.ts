// Screen locks by logind, asked through a real `loginctl` of our own making.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchScreenLock } from '../../../electron/shell/hosts/screen-lock.ts'

let folder: string
let locks: number
let stop: () => void

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-logind-'))
  locks = 0
  stop = () => undefined
})

afterEach(() => {
  stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

function answer(hint: 'yes' | 'no'): void {
  writeFileSync(join(folder, 'hint'), `${hint}\n`)
}

function watch(env: NodeJS.ProcessEnv = {}): void {
  stop = watchScreenLock(() => (locks += 1), {
    env: { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, ...env },
    platform: 'linux',
    everyMs: 20,
  })
}

describe.skipIf(process.platform === 'win32')('the screen’s lock', () => {
  beforeEach(() => {
    const script = '#!/bin/sh\necho "$@" >> "$FOLDER/asked"\n[ "$2" = 7 ] && cat "$FOLDER/hint"\n'
    writeFileSync(join(folder, 'loginctl'), script, { mode: 0o755 })
  })

  test('locks once each time, and not while it stays locked or is unlocked', async () => {
    answer('no')
    watch({ XDG_SESSION_ID: '7' })
    await delay(150)
    expect(locks).toBe(0)
    answer('yes')
    await vi.waitFor(() => expect(locks).toBe(1))
    await delay(150)
    answer('no')
    await delay(150)
    expect(locks).toBe(1)
    answer('yes')
    await vi.waitFor(() => expect(locks).toBe(2))
  })

  test('where logind knows no session nothing happens, and it is not asked again', async () => {
    watch({ XDG_SESSION_ID: '8' })
    await delay(200)
    expect(locks).toBe(0)
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('show-session 8 --property=LockedHint --value\n')
  })
})

test('where there is no logind nothing happens', async () => {
  watch({ PATH: folder })
  await delay(100)
  expect(locks).toBe(0)
})
