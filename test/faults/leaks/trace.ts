// Every file that a process and its children open for writing, and every byte that they write, as the kernel saw it: a
// file that is removed at once, or never had a name, is there too.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const calls = [
  'open,openat,openat2,creat,memfd_create',
  'write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,splice,mmap',
  'rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,mkdir,mkdirat',
]
/** A longer write would be cut in the trace, and is counted. */
const longestWrite = 8 << 20

/** Why nothing can be traced here, or undefined where it can. */
export function tracingMissing(): string | undefined {
  if (process.platform !== 'linux') return 'system calls are traced with strace, which is Linux only'
  const probe = spawnSync('strace', ['-o', '/dev/null', '-e', 'trace=openat', process.execPath, '--version'])
  if (probe.error !== undefined) return 'strace is not installed'
  return probe.status === 0 ? undefined : 'this system does not let strace attach'
}

/** The start of a command line that traces what follows into files of this folder, one a thread. */
export function traced(folder: string): string[] {
  return [
    'strace',
    '-ff',
    '-y',
    '-xx',
    '--seccomp-bpf',
    '-s',
    String(longestWrite),
    '-o',
    join(folder, 'thread'),
    '-e',
    `trace=${calls.join(',')}`,
  ]
}

export interface Trace {
  threads: number
  /** Paths that were opened for writing, made, renamed to, linked or mapped writable. */
  touched: Set<string>
  /** What was written, by where it went: a path (` (deleted)` behind one that had no name any more), a pipe or a socket. */
  written: Map<string, Buffer>
  /** Writes of which the trace holds the beginning only. */
  cut: number
}

/** Reads the traces of a run. @throws Error for a line that isn't understood where something is written */
export function readTrace(folder: string): Trace {
  const parts = new Map<string, Buffer[]>()
  const trace: Trace = { threads: 0, touched: new Set(), written: new Map(), cut: 0 }
  for (const name of readdirSync(folder)) {
    trace.threads += 1
    for (const line of readFileSync(join(folder, name), 'latin1').split('\n')) readLine(line, trace, parts)
  }
  for (const [place, buffers] of parts) trace.written.set(place, Buffer.concat(buffers))
  return trace
}

const quoted = /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/gu
const descriptor = /^\w+\(\d+<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?/u

function readLine(line: string, trace: Trace, parts: Map<string, Buffer[]>): void {
  const name = /^\w+/u.exec(line)?.[0] ?? ''
  if (/ = -1 E/u.test(line.slice(-200))) return
  if (/^p?writev?(?:64|2)?$/u.test(name)) {
    const [, hex = '', deleted] = descriptor.exec(line) ?? unreadable(line)
    const place = `${decode(hex).toString()}${deleted === undefined ? '' : ' (deleted)'}`
    const bytes = [...line.slice(line.indexOf('>')).matchAll(quoted)].map(([, data = '', more]) => {
      if (more !== undefined) trace.cut += 1
      return decode(data)
    })
    parts.set(place, [...(parts.get(place) ?? []), ...bytes])
  } else if (/^open|^creat$/u.test(name)) {
    if (name === 'creat' || /O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE/u.test(line)) trace.touched.add(lastPath(line))
  } else if (/^(?:rename|link|symlink|mknod|mkdir)/u.test(name)) {
    trace.touched.add(lastQuoted(line))
  } else if (name === 'memfd_create') {
    trace.touched.add(`memfd:${lastQuoted(line)}`)
  } else if (name === 'mmap') {
    if (/PROT_WRITE/u.test(line) && /MAP_SHARED/u.test(line) && !/MAP_ANONYMOUS/u.test(line))
      trace.touched.add(lastPath(line))
  } else if (/^(?:copy_file_range|sendfile|splice)$/u.test(name)) {
    // The bytes never pass the process: where they go is all there is to see.
    trace.touched.add(lastPath(line))
  }
}

function unreadable(line: string): never {
  throw new Error(`a line of the trace is not understood: ${line.slice(0, 80)}`)
}

/** The path in angle brackets that comes last: of an opened file the one that the kernel found. */
function lastPath(line: string): string {
  return decode(/.*<((?:\\x[0-9a-f]{2})*)>/u.exec(line)?.[1] ?? '').toString()
}

function lastQuoted(line: string): string {
  return decode([...line.matchAll(quoted)].at(-1)?.[1] ?? '').toString()
}

function decode(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex')
}
