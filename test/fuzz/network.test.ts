// No packet leaves: a whole run, command line and window, in a network namespace whose only way out leads to a counter. The
// default routes of both address families point at the loopback interface, so that whatever is sent to anybody, this computer
// included, moves its counters, and nothing can get out.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findBrowser } from '../../electron/shell/hosts/chromium/browsers.ts'
import { buildIfNeeded } from '../../electron/shell/hosts/build.ts'
import { record } from './support/counts.ts'
import type { WholeRun } from './support/whole-run.ts'

const script = fileURLToPath(new URL('support/whole-run.ts', import.meta.url))
const setUp =
  'ip link set lo up && ip route add default dev lo && { ip -6 route add default dev lo || true; } && exec "$@"'

const runSchema: z.ZodType<WholeRun> = z.strictObject({
  done: z.array(z.string()),
  packets: z.number(),
  attempts: z.record(z.string(), z.number()),
  elsewhere: z.array(z.string()),
  browserProcesses: z.number(),
  control: z.number(),
})

/** How this system makes the namespace: as root, else as a mapped root where users may; undefined and a reason where not. */
function namespace(): string[] | undefined {
  if (process.platform !== 'linux') {
    console.warn('skipped: packets are counted in a network namespace, which only Linux has')
    return undefined
  }
  for (const args of [['--net'], ['--map-root-user', '--net']]) {
    const trial = spawnSync('unshare', [...args, '--', 'sh', '-c', setUp, 'sh', 'true'], { encoding: 'utf8' })
    if (trial.status === 0) return args
  }
  console.warn(
    'skipped: packets can’t be counted here: unshare and ip (iproute2), and root or user namespaces, are needed',
  )
  return undefined
}

function runCounted(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', script]
  const child = spawn('unshare', [...args, '--', 'sh', '-c', setUp, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

test('a whole run, on the command line and in the window, sends no packet to anybody', async (context) => {
  const args = namespace()
  if (args === undefined) return context.skip('no network namespace can be made here')
  const browser = findBrowser()
  if (browser === undefined)
    console.warn('skipped in part: no browser, so that only the command line is counted')
  else expect(buildIfNeeded()).toBe(true)
  const { code, out, err } = await runCounted(args)
  expect([code, code === 0 ? '' : err]).toEqual([0, ''])
  const run = runSchema.parse(JSON.parse(out))
  // First that the counter counts, and that everybody was counted.
  expect(run.control).toBeGreaterThan(0)
  expect(run.elsewhere).toEqual([])
  if (browser !== undefined) expect(run.browserProcesses).toBeGreaterThan(1)
  expect(run.done.length).toBeGreaterThan(8)
  expect([run.packets, run.attempts]).toEqual([0, {}])
  record(
    'packets of a whole run',
    run.packets,
    `${run.done.join('; ')}; one packet sent on purpose counted as ${run.control}`,
  )
}, 400_000)
