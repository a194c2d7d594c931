import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('keychain-session.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'guicang-keychain-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const missing = ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-send'].filter(
  (program) => spawnSync(program, ['--version']).error !== undefined,
)
if (missing.length > 0) console.warn(`skipped: ${missing.join(', ')} missing, so no real keychain was tried`)

/** Plays a scenario of keychain-session.ts in a home and (unless told otherwise) a D-Bus session of its own. */
function play(scenario: string, start: 'unlocked' | 'noCollection' | 'noBus'): unknown {
  const home = mkdtempSync(join(root, 'home-'))
  const runtime = join(home, 'runtime')
  mkdirSync(runtime, { mode: 0o700 })
  const {
    DBUS_SESSION_BUS_ADDRESS: _bus,
    DISPLAY: _display,
    WAYLAND_DISPLAY: _wayland,
    ...rest
  } = process.env
  const env = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, scenario]
  // The newline is the login password: without it the daemon waits.
  const unlock = 'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
  const commands = {
    unlocked: ['dbus-run-session', '--', 'bash', '-c', unlock, 'bash', ...node],
    noCollection: ['dbus-run-session', '--', ...node],
    noBus: node,
  }
  const [command = '', ...args] = commands[start]
  const run = spawnSync(command, args, { env, encoding: 'utf8', timeout: 50_000 })
  const document = run.stdout.split('\n').find((line) => line.startsWith('{'))
  if (document === undefined) throw new Error(`no answer: ${run.stderr}`)
  return JSON.parse(document)
}

const refused = { available: false, get: 'keychain.unavailable', set: 'keychain.unavailable', inTime: true }

describe.skipIf(process.platform !== 'linux')('without a Secret Service', () => {
  test('everything is keychain.unavailable: no fall-back to the kernel keyring', () => {
    expect(play('refusals', 'noBus')).toEqual(refused)
  })
})

describe.skipIf(missing.length > 0)('with gnome-keyring', () => {
  test('a secret is set, replaced, read, kept per vault, deleted twice', () => {
    expect(play('roundTrip', 'unlocked')).toEqual({
      available: true,
      before: null,
      after: 'abcdefghijklmnopqrstuvwxyz234567',
      otherVault: null,
      pinned: 'abcdefghijklmnopqrstuvwxyz234567',
      hurried: 'keychain.unavailable',
      deleted: null,
    })
  })

  test('with no collection nothing is found and nothing can be kept', () => {
    expect(play('refusals', 'noCollection')).toEqual({ ...refused, get: 'accepted' })
  })

  test('a locked collection is unavailable, not empty', () => {
    expect(play('locked', 'unlocked')).toEqual(refused)
  })

  test('a service that does not answer is given up in time', () => {
    expect(play('hung', 'unlocked')).toEqual(refused)
  })
})
