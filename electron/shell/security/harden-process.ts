// What a process of ours gives up before it does anything else.
import { writeFileSync } from 'node:fs'

/**
 * Files that are made from now on are closed to other users (umask 077), and a crash leaves no memory on the disk as far
 * as Node can see to it: Node has no `setrlimit`, but on Linux an empty filter makes a core dump hold no pages (core(5)).
 * Children inherit both: the vault process and the browser too.
 */
export function hardenProcess(): void {
  process.umask(0o077)
  if (process.platform === 'linux') emptyCoreDumps()
}

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
