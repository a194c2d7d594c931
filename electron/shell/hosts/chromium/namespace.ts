// Where the system allows it, the browser runs in a network namespace of its own: one without any interface.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface NamespaceResult {
  /** What to start instead of the browser; undefined where the browser has to be started as it is. */
  executable: string | undefined
  /** Why not, in one sentence; undefined when it is in force. */
  reason: string | undefined
}

/**
 * Writes a starter into `folder` that runs `browser` without a network, after trying that the system lets us. The user's
 * own id is kept inside (`--map-current-user`): as a mapped root Chromium would ask to be run without its sandbox.
 */
export function offlineStarter(folder: string, browser: string, env: NodeJS.ProcessEnv): NamespaceResult {
  if (process.platform !== 'linux') return without('network namespaces are a Linux thing')
  if (/^[^:]+:/.test(env['DISPLAY'] ?? '') && env['WAYLAND_DISPLAY'] === undefined) {
    return without('the display is reached over a network')
  }
  const trial = spawnSync('unshare', ['--map-current-user', '--net', '--', 'true'], {
    stdio: 'ignore',
    timeout: 5000,
  })
  if (trial.status !== 0) return without('this system makes no network namespaces for users')
  const executable = join(folder, 'browser.sh')
  const script = `#!/bin/sh\nexec unshare --map-current-user --net -- ${quote(browser)} "$@"\n`
  writeFileSync(executable, script, { mode: 0o700 })
  return { executable, reason: undefined }
}

function without(reason: string): NamespaceResult {
  return { executable: undefined, reason }
}

/** One word of a POSIX shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
