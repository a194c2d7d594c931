// Another process's memory, as root or a debugger sees it, and what it was started with. Linux only.
import { setTimeout as delay } from 'node:timers/promises'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** Why a process's memory can't be read here, or undefined where it can. */
export function memoryMissing(): string | undefined {
  if (process.platform !== 'linux') return 'memory is read through /proc, which is Linux only'
  try {
    closeSync(openSync(`/proc/${process.ppid}/mem`, 'r'))
    return undefined
  } catch (thrown) {
    return `this user may not read another process's memory (${thrown instanceof Error ? thrown.message : ''})`
  }
}

/** At most so much of a region is read at once; a value across the edge is seen by the overlap. */
const chunk = 16 << 20
const overlap = 256
const pageSize = 4096

export interface MemoryScan {
  regions: number
  bytes: number
}

interface Stretch {
  start: number
  end: number
}

/**
 * Gives every writable stretch of a process's memory to `look`: heap, stacks, anonymous maps and what libraries have
 * changed. Left out are pages that were never touched, and files that are only mapped to be read: those lie on the disk.
 */
export function scanMemory(pid: number, look: (bytes: Buffer) => void): MemoryScan {
  const scan: MemoryScan = { regions: 0, bytes: 0 }
  const file = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const { start, end } of touchedStretches(pid)) {
      for (let at = start; at < end; at += chunk - overlap) {
        const buffer = Buffer.allocUnsafe(Math.min(chunk, end - at))
        const length = readAt(file, buffer, at)
        if (length === 0) break
        look(buffer.subarray(0, length))
        scan.bytes += length
      }
      scan.regions += 1
    }
  } finally {
    closeSync(file)
  }
  return scan
}

/** Runs of pages that are in memory or swapped out: bits 63 and 62 of their entries (proc_pid_pagemap(5)). */
function touchedStretches(pid: number): Stretch[] {
  const file = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    return writableRegions(pid).flatMap(({ start, end }) => {
      const pages = (end - start) / pageSize
      const entries = Buffer.alloc(pages * 8)
      readAt(file, entries, (start / pageSize) * 8)
      const runs: Stretch[] = []
      for (let page = 0; page < pages; page += 1) {
        if (((entries[page * 8 + 7] ?? 0) & 0xc0) === 0) continue
        const at = start + page * pageSize
        const last = runs.at(-1)
        if (last?.end === at) last.end = at + pageSize
        else runs.push({ start: at, end: at + pageSize })
      }
      return runs
    })
  } finally {
    closeSync(file)
  }
}

function writableRegions(pid: number): Stretch[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from = '', to = '', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S{4})/u.exec(line) ?? []
      return rights.startsWith('rw')
        ? [{ start: Number.parseInt(from, 16), end: Number.parseInt(to, 16) }]
        : []
    })
}

function readAt(file: number, buffer: Buffer, position: number): number {
  try {
    return readSync(file, buffer, 0, buffer.length, position)
  } catch (thrown) {
    // Given back meanwhile, or a device's: nothing of the process's own can be read there.
    if (thrown instanceof Error) return 0
    throw thrown
  }
}

/** Pids of the processes that this one has started and that are still there. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid)
}

function parentOf(pid: number): number | undefined {
  const stat = textOf(pid, 'stat')
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

/** A file of a process in /proc; '' for one that is gone. */
export function textOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error) return ''
    throw thrown
  }
}

/** A process and everything below it. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)]
}

/** Waits until a process is gone, or is only there for its parent to ask after. @throws Error after half a minute */
export async function isGone(pid: number): Promise<void> {
  for (let waited = 0; /\) [^ZX] /u.test(textOf(pid, 'stat')); waited += 50) {
    if (waited > 30_000) throw new Error('the process is still there')
    await delay(50)
  }
}
