// The screen's lock, where neither the browser nor Electron tells of it: on Linux, logind knows.
import { execFile } from 'node:child_process'

const checkEveryMs = 5000
const answerMs = 2000

/**
 * Calls `onLock` each time the screen of this login session is locked; looks every five seconds (`everyMs`). Without
 * logind, or with a desktop that tells it nothing, it never does: idleness then locks the vault. Answers how to stop.
 */
export function watchScreenLock(
  onLock: () => void,
  { env = process.env, platform = process.platform, everyMs = checkEveryMs } = {},
): () => void {
  if (platform !== 'linux') return () => undefined
  let locked = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const ask = (): void => {
    readLockedHint(env, (hint) => {
      if (stopped || hint === undefined) return
      if (hint && !locked) onLock()
      locked = hint
      timer = setTimeout(ask, everyMs)
      timer.unref()
    })
  }
  ask()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Answers undefined when there is nobody to ask. */
function readLockedHint(env: NodeJS.ProcessEnv, answer: (hint: boolean | undefined) => void): void {
  const session = env['XDG_SESSION_ID'] ?? 'auto'
  const args = ['show-session', session, '--property=LockedHint', '--value']
  const child = execFile('loginctl', args, { env, timeout: answerMs }, (failure, stdout) => {
    answer(failure === null ? stdout.trim() === 'yes' : undefined)
  })
  child.unref()
}
