// What a process of ours gives up before it does anything else.
import { writeFileSync } from 'node:fs'

/**
 * - Files that are made from now on are closed to other users (umask 077).
 * - A crash leaves no memory on the disk as far as Node can see to it: it has no `setrlimit`, but on Linux an empty filter
 *   makes a core dump hold no pages (core(5)), and Node writes no report. Children inherit both: the browser too.
 *   (Electron's renderers come from a zygote that is older than this; sandboxed, they can't be dumped at all.)
 * - SIGUSR1 opens no debugger: a listener takes the place of Node's own, which would listen on a port.
 */
export function hardenProcess(): void {
  process.umask(0o077)
  process.report.reportOnFatalError = false
  process.report.reportOnSignal = false
  process.report.reportOnUncaughtException = false
  if (process.platform === 'linux') emptyCoreDumps()
  if (process.platform !== 'win32') process.on('SIGUSR1', ignoreSignal)
}

function ignoreSignal(): void {}

/** Answers whether the kernel took it. */
function emptyCoreDumps(): boolean {
  try {
    writeFileSync('/proc/self/coredump_filter', '0')
    return true
  } catch {
    // A kernel without the file (containers, gVisor) writes no core dumps of its own making either.
    return false
  }
}
