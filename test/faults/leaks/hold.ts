// Starts a holder and talks to it; finds its vault process, and what is reachable in either.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { childrenOf, isGone, textOf } from './memory.ts'

export interface Holder {
  pid: number
  /** The folder in which both processes run: what a crash leaves would lie here. */
  cwd: string
  appDataDir: string
  /** The value of a call. @throws Error when it is refused */
  call(channel: string, input: object): Promise<unknown>
  vaultPid(): number
  /** Every string that can be reached in a process, one after the other. In the mode `snapshots` only. */
  snapshot(pid: number): Promise<Buffer>
  end(): Promise<void>
}

const snapshotSchema = z.object({ strings: z.array(z.string()) })
const resultSchema = z.looseObject({ ok: z.boolean(), value: z.unknown().optional() })

/** @param mode `careless` leaves out what the product does against crashes, as a control */
export function hold(mode: 'plain' | 'snapshots' | 'careless', identitiesMs = 300_000): Holder {
  const root = mkdtempSync(join(tmpdir(), 'guicang-hold-'))
  const script = fileURLToPath(new URL('holder.ts', import.meta.url))
  // A shell that forbids core dumps would hide what this is about.
  const command = ['-c', 'ulimit -c unlimited 2>/dev/null; exec "$@"', 'sh', process.execPath]
  const flags = ['--disable-warning=ExperimentalWarning', '--heapsnapshot-signal=SIGUSR2']
  const child = spawn('sh', [...command, ...flags, script, mode, String(identitiesMs)], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: root, XDG_STATE_HOME: root },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const pid = child.pid ?? 0
  return {
    pid,
    cwd: root,
    appDataDir: join(root, 'guicang'),
    call: async (channel, input) => {
      child.stdin.write(`${JSON.stringify({ channel, input })}\n`)
      const next = await lines.next()
      const result = resultSchema.parse(JSON.parse(String(next.value)))
      if (!result.ok) throw new Error(`${channel} was refused: ${JSON.stringify(result)}`)
      return result.value
    },
    vaultPid: () => {
      const found = childrenOf(pid).find((other) => textOf(other, 'cmdline').includes('process/entry.ts'))
      if (found === undefined) throw new Error('there is no vault process')
      return found
    },
    snapshot: async (of) => {
      const before = new Set(readdirSync(root))
      process.kill(of, 'SIGUSR2')
      for (let waited = 0; waited < 60_000; waited += 100) {
        await delay(100)
        const name = readdirSync(root).find((file) => file.endsWith('.heapsnapshot') && !before.has(file))
        if (name === undefined) continue
        const content = readFileSync(join(root, name))
        if (!content.subarray(-8).toString().trimEnd().endsWith(']}')) continue
        rmSync(join(root, name))
        // V8 escapes whatever isn't ASCII: the strings are compared as they are.
        return Buffer.from(snapshotSchema.parse(JSON.parse(content.toString())).strings.join('\n'))
      }
      throw new Error('no snapshot was written')
    },
    end: async () => {
      const children = childrenOf(pid)
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
      for (const other of children) await isGone(other)
      if (existsSync(root)) rmSync(root, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}
