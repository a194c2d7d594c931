// Faults of the disk, made by strace: it lets a chosen system call of a chosen thread fail, as the kernel would.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { freshPath } from '../../support/vault.ts'

/** Why faults can't be made here; undefined where they can. */
export function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'system calls can only be made to fail on Linux'
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'inject=getpid:error=EIO', 'true'])
  if (tried.error !== undefined) return 'strace is not installed'
  return tried.status === 0 ? undefined : 'strace may not trace here'
}

/** The two threads of the vault process that touch files: its own, and the one of its pool. */
export type Thread = 'main' | 'pool'

/** Thread numbers of the process. The pool's thread is there once a vault has been opened. */
function threadsOf(pid: number): Map<number, Thread> {
  const threads = new Map<number, Thread>([[pid, 'main']])
  for (const entry of readdirSync(`/proc/${pid}/task`)) {
    const name = readFileSync(`/proc/${pid}/task/${entry}/comm`, 'utf8').trim()
    if (name === 'libuv-worker') threads.set(Number(entry), 'pool')
  }
  return threads
}

async function attached(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn('strace', [...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  // Its first words say that it is there.
  await Promise.race([once(child.stderr, 'data'), once(child, 'exit')])
  if (child.exitCode !== null) throw new Error('strace could not attach')
  return child
}

async function detach(child: ChildProcess): Promise<void> {
  // It ends by itself when what it traces ends.
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** One file operation of the vault process. */
export interface FileCall {
  thread: Thread
  call: string
  /** Which call of that name of that thread it is, counted from 1 when the operation begins. */
  ordinal: number
  /** As strace prints it. */
  text: string
}

const calls = [
  'openat',
  'read',
  'pread64',
  'write',
  'pwrite64',
  'fsync',
  'fdatasync',
  'ftruncate',
  'unlink',
  'link',
  'rename',
  'mkdir',
  'statx',
  'newfstatat',
] as const

/** Runs `work` and answers every operation on `root` or a file under it that it led to. */
export async function watchCalls(
  pid: number,
  root: string,
  work: () => Promise<unknown>,
): Promise<FileCall[]> {
  const log = freshPath('calls')
  const threads = threadsOf(pid)
  const args = ['-f', '-y', '-s', '0', '-o', log, '-e', `trace=${calls.join(',')}`, '-p', String(pid)]
  const strace = await attached(args)
  await work()
  await detach(strace)
  // As a path or as what a descriptor stands for.
  const here = ['/', '"', '>'].map((end) => `${root}${end}`)
  const counts = new Map<string, number>()
  const found: FileCall[] = []
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, tid, call] = /^(\d+) +(\w+)\(/u.exec(line) ?? []
    const thread = threads.get(Number(tid))
    if (call === undefined || thread === undefined) continue
    const ordinal = (counts.get(`${thread} ${call}`) ?? 0) + 1
    counts.set(`${thread} ${call}`, ordinal)
    if (here.some((path) => line.includes(path))) found.push({ thread, call, ordinal, text: line })
  }
  return found
}

export interface Fault {
  at: FileCall
  error: string
  /** Whether every later call of that name fails too. */
  lasting: boolean
}

/**
 * What became of a fault: it met a file, or nothing this time; or it met the wake-up by which a pool's thread tells the loop
 * that it is done (an eventfd), where libuv gives up (`abort`): no disk does that.
 */
export type Met = 'file' | 'nothing' | 'wake-up'

/** Runs `work` while the fault is there. */
export async function withFault(pid: number, fault: Fault, work: () => Promise<unknown>): Promise<Met> {
  const { at, error, lasting } = fault
  const log = freshPath('fault')
  const tid = [...threadsOf(pid)].find(([, thread]) => thread === at.thread)?.[0]
  if (tid === undefined) throw new Error('the thread is not there')
  const inject = `inject=${at.call}:error=${error}:when=${at.ordinal}${lasting ? '+' : ''}`
  const strace = await attached(['-y', '-o', log, '-e', `trace=${at.call}`, '-e', inject, '-p', String(tid)])
  try {
    await work()
  } finally {
    await detach(strace)
  }
  const injected = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('(INJECTED)'))
  if (injected.length === 0) return 'nothing'
  return injected.some((line) => line.includes('anon_inode:[eventfd]')) ? 'wake-up' : 'file'
}
