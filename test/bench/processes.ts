// What the system says of a process and all that it has started. Linux only.
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessMemory {
  pid: number
  command: string
  /** Resident memory in MB; pages that several processes share count in each. */
  resident: number
  /** Most that was resident at any time, in MB. */
  peak: number
  /** Resident memory in MB with each shared page divided among those who share it; NaN where the system doesn't tell. */
  share: number
}

const kilobytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) / 1024

/** The text of a file that may go with its process; empty then. */
function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process has ended since it was listed, or the file isn't ours to read.
    return ''
  }
}

/** The process itself first, then its descendants. */
export function familyOf(root: number): ProcessMemory[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/^PPid:\s+(\d+)$/m.exec(tryRead(`/proc/${name}/status`))?.[1]),
    }))
  const family = [root]
  for (const member of family)
    family.push(...parents.filter(({ parent }) => parent === member).map(({ pid }) => pid))
  return family.map((pid) => {
    const status = tryRead(`/proc/${pid}/status`)
    return {
      pid,
      command: tryRead(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
      resident: kilobytes(status, 'VmRSS'),
      peak: kilobytes(status, 'VmHWM'),
      share: kilobytes(tryRead(`/proc/${pid}/smaps_rollup`), 'Pss'),
    }
  })
}
