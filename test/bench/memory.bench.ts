// What all processes of the program hold in memory, idle and after an import.
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../../electron/cli/connection.ts'
import { buildIfNeeded } from '../../electron/shell/hosts/build.ts'
import { findBrowser } from '../../electron/shell/hosts/chromium/browsers.ts'
import { writeCustomers } from './customers.ts'
import type { Measurement, Row } from './measurement.ts'
import { familyOf, type ProcessMemory } from './processes.ts'
import { importRows, passphrase } from './subjects.ts'
import { type Step, windowHostFile } from './window-host.ts'

/** Until what was only needed for a moment has been given back. */
const restMs = 3000

const sumOf = (processes: readonly ProcessMemory[], size: 'resident' | 'share'): number =>
  processes.reduce((sum, one) => sum + one[size], 0)

/** The host, the vault process and the browser, told apart. */
function groupsOf(pid: number): { main: number; vault: ProcessMemory[]; browser: ProcessMemory[] } {
  const [main, ...others] = familyOf(pid)
  const isVault = ({ command }: ProcessMemory): boolean => command.includes('vault/process/entry')
  return {
    main: main?.resident ?? Number.NaN,
    vault: others.filter(isVault),
    browser: others.filter((one) => !isVault(one)),
  }
}

/** One row for each kind of process that is there. */
function rowsOf(state: string, pid: number): Row[] {
  const { main, vault, browser } = groupsOf(pid)
  const peak = Math.max(...vault.map((one) => one.peak))
  const share = sumOf(browser, 'share')
  const shared = Number.isNaN(share) ? '' : `, ${share.toFixed(0)} MB with shared pages counted once`
  return [
    { what: `${state}: main`, value: main, unit: 'MB' },
    ...(vault.length === 0
      ? []
      : [
          {
            what: `${state}: vault process`,
            value: sumOf(vault, 'resident'),
            unit: 'MB',
            note: `${peak.toFixed(0)} MB at its highest so far`,
          },
        ]),
    {
      what: `${state}: browser`,
      value: sumOf(browser, 'resident'),
      unit: 'MB',
      note: `${browser.length} processes${shared}`,
    },
  ]
}

async function take(host: ChildProcess, step: Step): Promise<void> {
  const answered = nextMessage(host, step.step)
  host.send(step)
  await answered
  await setTimeout(restMs)
}

/** Its next message; refused where it ends instead. */
function nextMessage(host: ChildProcess, step: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => {
      host.off('message', said)
      reject(new Error(`the window's process ended at: ${step}`))
    }
    const said = (): void => {
      host.off('exit', gone)
      resolve()
    }
    host.once('exit', gone)
    host.once('message', said)
  })
}

async function measured(folder: string): Promise<Row[]> {
  const path = join(folder, 'memory.vault')
  const file = join(folder, 'customers.csv')
  await writeCustomers(file, importRows)
  const connection = connect()
  const company = { name: '测' }
  await connection.call('vault.create', { path, company, owner: 'bench', passphrase, deviceBinding: false })
  await connection.close()

  const node = Number(
    execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss() / 1048576'], { encoding: 'utf8' }),
  )
  const host = fork(fileURLToPath(windowHostFile), { execArgv: process.execArgv })
  const pid = host.pid ?? 0
  try {
    await take(host, { step: 'browserAlone' })
    const bare = sumOf(groupsOf(pid).browser, 'resident')
    const states: [string, Step][] = [
      ['locked', { step: 'open', vault: path }],
      ['unlocked, empty', { step: 'unlock', passphrase }],
      ['after the import', { step: 'import', file }],
    ]
    const rows: Row[] = []
    for (const [state, step] of states) {
      await take(host, step)
      rows.push(...rowsOf(state, pid))
    }
    const { main, vault, browser } = groupsOf(pid)
    await take(host, { step: 'lock' })
    rows.push(...rowsOf('locked again', pid))
    await take(host, { step: 'close' })
    return [
      { what: 'bare Node', value: node, unit: 'MB', note: 'peer' },
      { what: 'the browser with an empty page', value: bare, unit: 'MB', note: 'peer' },
      ...rows,
      { what: 'main: ratio', value: main / node, unit: '×', note: 'after the import ÷ bare Node' },
      {
        what: 'vault process: ratio',
        value: sumOf(vault, 'resident') / node,
        unit: '×',
        note: 'after the import ÷ bare Node',
      },
      {
        what: 'browser: ratio',
        value: sumOf(browser, 'resident') / bare,
        unit: '×',
        note: 'after the import ÷ the browser with an empty page',
      },
    ]
  } finally {
    // With nobody to talk to and no window it ends by itself.
    if (host.connected) host.disconnect()
  }
}

const measurement: Measurement = {
  title: 'Memory',
  about: `Resident memory of every process of the program with its window (main, vault process, all processes of the installed browser, without a screen), ${restMs / 1000} s after each step of a person at it: locked, unlocked, after an import of ${importRows.toLocaleString('en')} rows with its trial run and a look at the customers, locked again. Main holds the driver of the browser too. Shortly after an unlock the vault process still counts the 256 MB of scrypt. Pages that the browser's processes share count in each of them. The peers are a bare Node process and the same browser with an empty page.`,
  run: async () => {
    const missing =
      process.platform !== 'linux'
        ? 'this system does not tell the memory of processes in /proc'
        : findBrowser() === undefined
          ? 'no Chromium, Chrome or Edge was found'
          : buildIfNeeded()
            ? undefined
            : 'the window could not be built'
    if (missing !== undefined) {
      console.warn(`not measured: memory, because ${missing}`)
      return [{ what: 'not measured', value: 0, unit: 'MB', note: missing }]
    }
    const folder = mkdtempSync(join(tmpdir(), 'guicang-memory-'))
    try {
      return await measured(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
export default measurement
