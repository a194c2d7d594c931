// Folders and programs of the machine that the hosts use.
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appDataPath, makeAppDataFolder } from '../../../electron/gate/app-data.ts'
import { findBrowser } from '../../../electron/shell/hosts/chromium/browsers.ts'
import { createProfile, sweepProfiles } from '../../../electron/shell/hosts/chromium/profile.ts'
import { findDisplay } from '../../../electron/shell/hosts/display.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-places-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the folder of the program', () => {
  test('stands where each system keeps such things', () => {
    const home = join(folder, 'home')
    expect(appDataPath({ env: { XDG_STATE_HOME: folder }, platform: 'linux', home })).toBe(
      join(folder, 'guicang'),
    )
    expect(appDataPath({ env: { XDG_STATE_HOME: 'relative' }, platform: 'linux', home })).toBe(
      join(home, '.local', 'state', 'guicang'),
    )
    expect(appDataPath({ env: {}, platform: 'darwin', home })).toBe(
      join(home, 'Library', 'Application Support', 'Guicang'),
    )
    expect(appDataPath({ env: { LOCALAPPDATA: folder }, platform: 'win32', home })).toBe(
      join(folder, 'Guicang'),
    )
  })

  test.skipIf(process.platform === 'win32')('is closed to others, also when it was open before', () => {
    mkdirSync(join(folder, 'guicang'), { mode: 0o755 })
    const path = makeAppDataFolder({ env: { XDG_STATE_HOME: folder } })
    expect(lstatSync(path).mode & 0o777).toBe(0o700)
  })
})

describe("the browser's profile", () => {
  test('is private, and gone after the run', async () => {
    const profile = createProfile(folder)
    expect(lstatSync(profile.folder).mode & 0o077).toBe(0)
    expect(sweepProfiles(folder)).toBe(0)
    await profile.remove()
    expect(existsSync(profile.folder)).toBe(false)
  })

  test('of a killed run goes at the next start; others stay', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    const stale = join(folder, 'guicang-window-stale1')
    mkdirSync(stale)
    writeFileSync(join(stale, 'owner'), `${dead} 1`)
    const reused = join(folder, 'guicang-window-reused')
    mkdirSync(reused)
    writeFileSync(join(reused, 'owner'), `${process.pid} 1`)
    const unfinished = join(folder, 'guicang-window-older1')
    mkdirSync(unfinished)
    utimesSync(unfinished, new Date(0), new Date(0))
    mkdirSync(join(folder, 'guicang-window-young1'))
    mkdirSync(join(folder, 'somebody-elses'))
    const { folder: live } = createProfile(folder)
    expect(sweepProfiles(folder)).toBe(process.platform === 'linux' ? 3 : 2)
    expect([stale, unfinished].map((path) => existsSync(path))).toEqual([false, false])
    expect(
      [live, join(folder, 'guicang-window-young1'), join(folder, 'somebody-elses')].every(existsSync),
    ).toBe(true)
  })
})

describe('what a window needs', () => {
  test('a display is an X or Wayland one, or the wish to have none', () => {
    expect(findDisplay({}, 'linux')).toBe('none')
    expect(findDisplay({ DISPLAY: '' }, 'linux')).toBe('none')
    expect(findDisplay({ DISPLAY: ':0' }, 'linux')).toBe('screen')
    expect(findDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe('screen')
    expect(findDisplay({}, 'darwin')).toBe('screen')
    expect(findDisplay({ DISPLAY: ':0', GUICANG_HEADLESS: '1' }, 'linux')).toBe('headless')
  })

  test('a browser that was named is taken, or none: a mistake is not hidden by another one', () => {
    expect(findBrowser({ env: { GUICANG_BROWSER: process.execPath } })).toBe(process.execPath)
    expect(findBrowser({ env: { GUICANG_BROWSER: join(folder, 'none') } })).toBeUndefined()
    expect(findBrowser({ env: { GUICANG_BROWSER: folder } })).toBeUndefined()
  })

  test.skipIf(process.platform !== 'linux')('a browser is found on PATH', () => {
    const program = join(folder, 'chromium')
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
    expect(findBrowser({ env: { PATH: folder }, platform: 'linux' })).toBe(program)
  })
})
