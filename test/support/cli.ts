// The command line as a stranger runs it: a child process with an environment of its own.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { z } from 'zod'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const stateHome = mkdtempSync(join(tmpdir(), 'guicang-cli-state-'))
afterAll(() => {
  rmSync(stateHome, { recursive: true, force: true })
})

export interface CliRun {
  code: number | null
  stdout: string
  stderr: string
  /** stdout as the one JSON document that it must be; throws where it is none. */
  json(): unknown
  /** The error on stderr; throws where there is none. */
  error(): z.infer<typeof errorSchema>['error']
}

const errorSchema = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    next: z.string().min(1),
    fields: z
      .array(
        z.strictObject({
          field: z.string(),
          rule: z.string(),
          value: z.string().optional(),
          row: z.number().optional(),
          line: z.number().optional(),
        }),
      )
      .optional(),
    retryable: z.boolean(),
    ref: z.string(),
  }),
})

export interface CliOptions {
  passphrase?: string
  env?: Record<string, string>
  /** Without `--json`. */
  plain?: boolean
}

/** Runs `guicang …args --json` to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const all = [
    '-r',
    './electron/shell/hosts/require-node.cjs',
    '--disable-warning=ExperimentalWarning',
    'electron/cli/main.ts',
    ...args,
    ...(options.plain === true ? [] : ['--json']),
  ]
  const env = {
    PATH: process.env['PATH'],
    HOME: stateHome,
    LANG: 'en_US.UTF-8',
    XDG_STATE_HOME: stateHome,
    ...(options.passphrase === undefined ? {} : { GUICANG_PASSPHRASE: options.passphrase }),
    ...options.env,
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, all, { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      const stdout = Buffer.concat(out).toString('utf8')
      const stderr = Buffer.concat(err).toString('utf8')
      resolve({
        code,
        stdout,
        stderr,
        json: () => oneDocument(stdout),
        error: () => errorSchema.parse(oneDocument(stderr)).error,
      })
    })
  })
}

function oneDocument(text: string): unknown {
  if (!text.endsWith('\n') || text.slice(0, -1).includes('\n')) throw new Error(`not one document: ${text}`)
  return JSON.parse(text)
}
