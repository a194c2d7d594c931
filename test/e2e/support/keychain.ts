// A keychain of the test's own: gnome-keyring on a D-Bus of its own, in a home of its own. Another computer is one whose
// keychain doesn't hold the vault's secret.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deviceKeychain } from '../../../electron/gate/keychain.ts'
import { test as base } from './host.ts'

const missing = ['dbus-daemon', 'gnome-keyring-daemon'].filter(
  (program) => spawnSync(program, ['--version']).error !== undefined,
)

/** Why there is no keychain to be had here; undefined where there is. */
export const noKeychain =
  process.platform === 'linux'
    ? missing.length === 0
      ? undefined
      : `${missing.join(' and ')} missing`
    : 'these tests start the keychain of Linux'

if (noKeychain !== undefined)
  console.warn(`skipped: screen tests of enrolled computers, because ${noKeychain}`)

/** Starts one for this process, and with it for every window that this process opens; answers what ends it. */
function startKeychain(): () => void {
  const home = mkdtempSync(join(tmpdir(), 'guicang-keyring-'))
  const runtime = join(home, 'runtime')
  mkdirSync(runtime, { mode: 0o700 })
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }
  const bus = execFileSync('dbus-daemon', ['--session', '--fork', '--print-address=1', '--print-pid=1'], {
    env,
    encoding: 'utf8',
  })
  const [address = '', pid = ''] = bus.trim().split('\n')
  const before = process.env['DBUS_SESSION_BUS_ADDRESS']
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address
  // The newline is the login password: without it the daemon waits. It ends with its bus.
  execFileSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    input: '\n',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return () => {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
    process.kill(Number(pid))
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  }
}

/**
 * Tests with a keychain have a process of their own: the keychain's package keeps for good what it found when it was first
 * asked, and without a keychain that is nothing.
 */
export const test = base.extend<object, { keychain: string }>({
  keychain: [
    async ({ browserName: _browserName }, provide) => {
      if (noKeychain !== undefined) {
        await provide(noKeychain)
        return
      }
      const stop = startKeychain()
      await provide('started')
      stop()
    },
    { scope: 'worker', auto: true },
  ],
})

/** From here on this computer is one on which the vault was never enrolled. */
export async function becomeAnotherComputer(vaultId: string): Promise<void> {
  await deviceKeychain().deleteDeviceSecret(vaultId)
}
