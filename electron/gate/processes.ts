// Which process a folder that was left belongs to, and whether it still runs.
import { readFileSync } from 'node:fs'

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // EPERM: it runs, under another user.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/**
 * Tells a process from a later one with the same number: its start in clock ticks (field 22 of /proc/PID/stat, counted
 * after the parenthesised name, which may hold spaces). Where there is no such file the number alone has to do.
 */
export function startedAt(pid: number): string {
  const stat = statOf(pid)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // Gone meanwhile, or a system without it.
    return undefined
  }
}
