// What a crash leaves behind: no core dump with pages in it, no report, no heap snapshot, wherever one could lie. The shell
// around each process allows core dumps, and NODE_OPTIONS asks for reports: else nothing could be found.
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { csvOf, customerRows } from '../../support/rows.ts'
import { aVault, fileWith, freshPath, lock, passphrase, present } from '../../support/vault.ts'
import { hold, type Holder } from './hold.ts'
import { isGone, textOf } from './memory.ts'
import { countByKind, type Scanner, scannerOf } from './scanner.ts'
import { countSecret } from './secrets.ts'
import { identitiesOf } from './sources.ts'

const isLinux = process.platform === 'linux'
const corePattern = isLinux ? readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim() : ''
/** Where the kernel hands dumps to a program, none is seen here; the filter it obeys is the same. */
const seesCores = isLinux && !corePattern.startsWith('|') && !corePattern.includes('/')
if (!isLinux) console.warn('skipped: crashes, because core dumps are looked at on Linux only')
else if (!seesCores) console.warn(`skipped: looking into core dumps, because the kernel sends them elsewhere`)

let dir = ''
let keys: { records: string; identities: string }
let scanner: Scanner
const holders: Holder[] = []
afterAll(async () => {
  for (const holder of holders) await holder.end()
})

beforeAll(async () => {
  const vault = await aVault()
  const rows = customerRows(40)
  await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
  const { records, identities } = vault.session.keys
  keys = { records, identities: present(identities) }
  lock(vault.session)
  dir = vault.dir
  scanner = scannerOf(rows.flatMap(identitiesOf))
})

async function opened(mode: 'plain' | 'careless'): Promise<Holder> {
  // One at a time: they open the same vault.
  for (const holder of holders.splice(0)) await holder.end()
  const holder = hold(mode)
  holders.push(holder)
  await holder.call('vault.unlock', { path: dir, passphrase })
  const list = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) })
  const { items } = list.parse(await holder.call('customers.list', { limit: 40 }))
  for (const { id } of items.slice(0, 5))
    await holder.call('customers.reveal', { id, fields: ['mobile', 'name'], reason: '核对' })
  return holder
}

const leftBehind = /^core(?:\.|$)|^report\..*\.json$|\.heapsnapshot$|\.heapprofile$|\.cpuprofile$/u

/** Files that only a crash leaves, in these folders. */
function remains(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => leftBehind.test(name))
      .map((name) => join(folder, name)),
  )
}

/** The dumps among the remains are small and hold no secret; anything else must not be there. */
function expectHarmless(paths: readonly string[]): void {
  expect(paths.filter((path) => !/\/core(?:\.\d+)?$/u.test(path))).toEqual([])
  for (const path of paths) {
    const core = readFileSync(path)
    console.log(`a core dump of ${core.length} bytes: no pages`)
    expect(core.length).toBeLessThan(1 << 20)
    expect(countByKind(scanner.find(core))).toEqual({})
    expect([passphrase, keys.records, keys.identities].map((secret) => countSecret(core, secret))).toEqual([
      0, 0, 0,
    ])
  }
}

/** Reads a large file until a clear value turns up in it. */
function firstHit(path: string): { size: number; found: boolean } {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(4 << 20)
  let found = false
  try {
    while (!found) {
      const length = readSync(file, buffer)
      if (length === 0) break
      found = scanner.find(buffer.subarray(0, length)).length > 0
    }
  } finally {
    closeSync(file)
  }
  return { size: statSync(path).size, found }
}

describe.skipIf(!isLinux)('a crash', { timeout: 180_000 }, () => {
  test('main and the vault process dump no pages and write for their owner only', async () => {
    const holder = await opened('plain')
    for (const pid of [holder.pid, holder.vaultPid()]) {
      expect(Number.parseInt(textOf(pid, 'coredump_filter'), 16)).toBe(0)
      expect(textOf(pid, 'status')).toMatch(/^Umask:\s+0077$/mu)
      expect(textOf(pid, 'limits')).toMatch(/^Max core file size\s+unlimited/mu)
    }
  })

  test('the vault process protects itself, also where the program that starts it did not', async () => {
    const holder = await opened('careless')
    expect(Number.parseInt(textOf(holder.pid, 'coredump_filter'), 16)).toBeGreaterThan(0)
    expect(Number.parseInt(textOf(holder.vaultPid(), 'coredump_filter'), 16)).toBe(0)
  })

  test.each(['SIGABRT', 'SIGSEGV'] as const)(
    'of the vault process by %s leaves nothing that can be read',
    async (signal) => {
      const holder = await opened('plain')
      const before = remains(tmpdir())
      const pid = holder.vaultPid()
      process.kill(pid, signal)
      await isGone(pid)
      await delay(300)
      const after = remains(holder.cwd, dir, holder.appDataDir, tmpdir(), process.cwd()).filter(
        (path) => !before.includes(path),
      )
      if (seesCores) expect(after.length).toBeGreaterThan(0)
      expectHarmless(after)
      await holder.end()
    },
  )

  test('of an unprotected process would: the control', async (context) => {
    if (!seesCores) return context.skip('the kernel sends core dumps elsewhere')
    const holder = await opened('careless')
    process.kill(holder.pid, 'SIGABRT')
    await isGone(holder.pid)
    const [path] = remains(holder.cwd)
    const { size, found } = firstHit(present(path))
    console.log(`the control: a core dump of ${size} bytes, clear values in it: ${found}`)
    expect(size).toBeGreaterThan(10 << 20)
    expect(found).toBe(true)
    await holder.end()
  })

  test('of the command line by an error that nobody caught leaves no dump and no report', () => {
    const cwd = freshPath('cwd')
    mkdirSync(cwd)
    const preload = fileWith(
      `const timer = setInterval(() => {
         if (require('fs').readFileSync('/proc/self/coredump_filter', 'utf8').trim() !== '00000000') return
         clearInterval(timer)
         throw new Error('planted')
       }, 20)`,
      'preload.cjs',
    )
    const checkout = fileURLToPath(new URL('../../..', import.meta.url))
    const main = join(checkout, 'electron/cli/main.ts')
    const run = (options: string): string => {
      const args = [
        '-c',
        'ulimit -c unlimited; exec "$@"',
        'sh',
        process.execPath,
        '--disable-warning=ExperimentalWarning',
        main,
        'vault',
        'open',
        dir,
      ]
      const { stderr, stdout } = spawnSync('sh', args, {
        cwd,
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          HOME: cwd,
          XDG_STATE_HOME: join(cwd, 'state'),
          GUICANG_PASSPHRASE: passphrase,
          NODE_OPTIONS: `--require ${preload} --report-uncaught-exception --report-on-fatalerror --report-on-signal ${options}`,
        },
      })
      expect(stdout).toBe('')
      return stderr
    }
    expect(run('')).toContain('planted')
    expect(remains(cwd)).toEqual([])
    expect(run('--abort-on-uncaught-exception')).toContain('planted')
    if (seesCores) expect(remains(cwd).length).toBeGreaterThan(0)
    expectHarmless(remains(cwd))
    // The control: a program that does not forbid it leaves a report, with the environment in it.
    const careless = join(cwd, 'careless.cjs')
    writeFileSync(careless, `setTimeout(() => { throw new Error('planted') })`)
    spawnSync(process.execPath, ['--report-uncaught-exception', careless], {
      cwd,
      env: { GUICANG_PASSPHRASE: passphrase },
    })
    const reports = remains(cwd).filter((path) => path.endsWith('.json'))
    expect(reports.map((path) => countSecret(readFileSync(path), passphrase) > 0)).toEqual([true])
  })
})
