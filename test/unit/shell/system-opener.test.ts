// The desktop's opener, as it is started: without a shell, with the one path, and told apart from none.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { electronOpener } from '../../../electron/shell/hosts/electron/opener.ts'
import { systemOpener } from '../../../electron/shell/hosts/system-opener.ts'
import * as fake from '../../support/fake-electron.ts'

vi.mock('electron', async () => await import('../../support/fake-electron.ts'))

const folder = mkdtempSync(join(tmpdir(), 'guicang-opener-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function starter(script: string): NodeJS.ProcessEnv {
  const place = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(place, 'xdg-open'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(place, 'xdg-open'), 0o755)
  return { PATH: `relative:${place}:/usr/bin:/bin`, GUICANG_PASSPHRASE: 'x', HOME: '/home/a' }
}

test.skipIf(process.platform === 'win32')(
  'the path is one argument, whatever is in it; what this program is told in its environment stays here',
  async () => {
    const out = join(folder, 'seen')
    const env = starter(`printf '%s|%s|%s' "$#" "$1" "$(env | grep -c GUICANG)" > '${out}'`)
    const opener = systemOpener({ env, platform: 'linux' })
    const path = join(folder, `a b;$(touch ${join(folder, 'ran')})'"&|.pdf`)
    expect(await opener.available()).toBe(true)
    expect(await opener.open(path)).toBe(true)
    expect(readFileSync(out, 'utf8')).toBe(`1|${path}|0`)
    expect(existsSync(join(folder, 'ran'))).toBe(false)
  },
)

test.skipIf(process.platform === 'win32')('no opener, and one that refuses, are told', async () => {
  const none = systemOpener({ env: { PATH: join(folder, 'empty') }, platform: 'linux' })
  expect([await none.available(), await none.open('/x')]).toEqual([false, false])
  const refusing = systemOpener({ env: starter('exit 3'), platform: 'linux' })
  expect(await refusing.open('/x')).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'one that goes on running is taken for the program itself',
  async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const opened = systemOpener({ env: starter('exec sleep 1'), platform: 'linux' }).open('/x')
    await vi.advanceTimersByTimeAsync(3000)
    expect(await opened).toBe(true)
    vi.useRealTimers()
  },
)

test('Electron gets the path, and its refusal in words is a refusal', async () => {
  expect(await electronOpener.available()).toBe(true)
  expect(await electronOpener.open('/private/attachment.pdf')).toBe(true)
  fake.handed.answer = 'No application is registered for /private/attachment.pdf'
  expect(await electronOpener.open('/private/attachment.pdf')).toBe(false)
  expect(fake.handed.paths).toEqual(['/private/attachment.pdf', '/private/attachment.pdf'])
})
