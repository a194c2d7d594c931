// One run of the job for all the scans: its folder, its trace, and what was to be looked for in them.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { caseworkValues } from './casework.ts'
import { type Answer, type JobPlaces, placesIn, typedValues } from './job.ts'
import { type Scanner, scannerOf } from './scanner.ts'
import { readSources, type Sources } from './sources.ts'
import { readTrace, type Trace, traced, tracingMissing } from './trace.ts'

/** `GUICANG_LEAKS=long` takes the sample files beside the checkout in. */
export const isLong = process.env['GUICANG_LEAKS'] === 'long'

export interface Run {
  folder: string
  places: JobPlaces
  appDataDir: string
  sources: Sources
  scanner: Scanner
  /** Of masked work, and refusals. */
  answers: Answer[]
  /** Of reveals and previews, which are clear on purpose. */
  clearAnswers: Answer[]
  /** What the processes said on stderr with GUICANG_DEBUG=1. */
  said: string
  /** Undefined, after a printed reason, where nothing can be traced. */
  trace: Trace | undefined
  remove(): void
}

const answerSchema = z.object({ channel: z.string(), json: z.string(), clear: z.boolean() })

/** Runs the job in a process of its own, under strace where there is one. @throws Error when the job doesn't get through */
export async function runTraced(): Promise<Run> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'guicang-leaks-')))
  const [folder, stateHome, traceDir] = ['job', 'state', 'trace'].map((name) => join(root, name))
  if (folder === undefined || stateHome === undefined || traceDir === undefined) throw new Error('no folder')
  for (const path of [folder, join(folder, 'own'), stateHome, traceDir]) mkdirSync(path)
  const missing = tracingMissing()
  if (missing !== undefined) console.warn(`skipped: tracing the writes, because ${missing}`)
  const { stdout, stderr } = await runProgram(
    [
      ...(missing === undefined ? traced(traceDir) : []),
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('job-main.ts', import.meta.url)),
      folder,
      isLong ? 'long' : 'short',
    ],
    { PATH: process.env['PATH'] ?? '', HOME: stateHome, XDG_STATE_HOME: stateHome, GUICANG_DEBUG: '1' },
  )
  const sources = readSources(isLong)
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => answerSchema.parse(JSON.parse(line)))
  return {
    folder,
    places: placesIn(folder),
    appDataDir: join(stateHome, 'guicang'),
    sources,
    scanner: scannerOf([...sources.values, ...typedValues, ...caseworkValues]),
    answers: answers.filter(({ clear }) => !clear),
    clearAnswers: answers.filter(({ clear }) => clear),
    said: stderr,
    trace: missing === undefined ? readTrace(traceDir) : undefined,
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function runProgram(
  [command = '', ...args]: string[],
  env: Record<string, string>,
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const parts: Record<'out' | 'err', Buffer[]> = { out: [], err: [] }
  child.stdout.on('data', (chunk: Buffer) => parts.out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => parts.err.push(chunk))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const stderr = Buffer.concat(parts.err).toString('utf8')
  if (code !== 0) throw new Error(`the job ended with ${String(code)}: ${stderr.slice(-2000)}`)
  return { stdout: Buffer.concat(parts.out).toString('utf8'), stderr }
}

/** Whether a path is the person's own: files they bring, outputs that are clear on purpose. */
export function isOwn(run: Run, path: string): boolean {
  return path.startsWith(join(run.folder, 'own/'))
}

/** Whether a path is a clear copy that another program was given. */
export function isOpenedCopy(run: Run, path: string): boolean {
  return /^\/opened\/\d+-\d+-[0-9a-f]{32}\/(?:attachment\.\w+|letter\.pdf)$/u.test(
    path.slice(run.appDataDir.length),
  )
}

/** Whether a path is one that the product may write to: the vault's files by name, the outputs, the program's own folder. */
export function isExpected(run: Run, path: string): boolean {
  if (
    path === '/dev/null' ||
    /^\/proc\/(?:self|\d+)\/coredump_filter$/u.test(path) ||
    path.startsWith('anon_inode:[')
  )
    return true
  const inFolder = path.startsWith(`${run.folder}/`) ? path.slice(run.folder.length + 1) : undefined
  if (inFolder === undefined)
    return (
      path === run.appDataDir ||
      isOpenedCopy(run, path) ||
      /^\/opened(?:\/\d+-\d+-[0-9a-f]{32})?$/u.test(path.slice(run.appDataDir.length)) ||
      /^\/guicang\.json(?:\.\d+\.partial)?$/u.test(path.slice(run.appDataDir.length))
    )
  const vaultFile =
    /^(?:records\.db|identities\.db|lease\.lock)(?:-journal)?$|^lease\.json$|^attachments(?:\/([0-9a-f]{2})(?:\/\1[0-9a-f]{30}\.age(?:\.part)?)?)?$|^vault\.json(?:\.[0-9a-f-]{36}\.tmp)?$/u
  const [, inVault] = /^\.?示例商贸\.vault(?:\.creating-[\w-]+)?(?:\/(.*))?$/u.exec(inFolder) ?? []
  if (inVault !== undefined) return vaultFile.test(inVault)
  return /^(?:\.?示例商贸\.vault(?:\.creating-[\w-]+)?$|own\/|\.?masked-(?:customers|complaints)(?:\.partial-[\w-]+)?(?:\/|$))/u.test(
    inFolder,
  )
}
