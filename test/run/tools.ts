// Starts the programs that the checks and the tests are made of: always with this Node, never through a shell.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  code: number
  output: string
}

export interface StartOptions {
  env?: NodeJS.ProcessEnv
  /** Where it runs; the checkout unless told. */
  cwd?: string
  /** Show what it prints while it runs, as well as keeping it. */
  show?: boolean
  /** Ended after this time, with a line that says so. */
  timeoutMs?: number
}

/** Runs a program to its end. Never throws: one that can't be started ends with code 127 and says why. */
export async function run(command: string, args: string[], options: StartOptions = {}): Promise<Finished> {
  return await new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const parts: Buffer[] = []
    const take = (part: Buffer) => {
      parts.push(part)
      if (options.show === true) process.stdout.write(part)
    }
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            take(Buffer.from(`\nended: no result after ${options.timeoutMs} ms\n`))
            child.kill('SIGKILL')
          }, options.timeoutMs)
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => {
      clearTimeout(timer)
      done({ code: 127, output: `${command}: ${error.message}` })
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: code ?? 1, output: Buffer.concat(parts).toString('utf8') })
    })
  })
}

const manifest = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]).optional() })

/** Path of the JavaScript file behind a package's command: `toolPath('typescript', 'tsc')`. */
export function toolPath(name: string, command: string): string {
  const folder = join(root, 'node_modules', name)
  const { bin } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const file = typeof bin === 'string' ? bin : bin?.[command]
  if (file === undefined) throw new Error(`${name} has no command ${command}`)
  return join(folder, file)
}

/** Runs a command of an installed package under this Node. */
export async function runTool(
  name: string,
  command: string,
  args: string[],
  options: StartOptions = {},
): Promise<Finished> {
  return await run(process.execPath, [toolPath(name, command), ...args], options)
}

/** Where a program stands on the PATH, if it does. */
export function which(program: string): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program]
  for (const folder of (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':')) {
    for (const name of names) {
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name)
    }
  }
  return undefined
}

/** Runs npm by the path that the running npm names, or else the one on the PATH. */
export async function runNpm(args: string[], options: StartOptions = {}): Promise<Finished> {
  const npm = process.env['npm_execpath']
  if (npm?.endsWith('.js') === true) return await run(process.execPath, [npm, ...args], options)
  return await run('npm', args, options)
}

/** Whether a program starts and ends well; for looking around, not for work. */
export function answers(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0
}
