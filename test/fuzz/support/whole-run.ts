// Runs inside a network namespace that counts (see network.test.ts): the main job on the command line, then the window in a
// browser. Prints one JSON document: what was done, what was counted meanwhile, and what one packet of its own counts as.
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createApp } from '../../../electron/gate/app.ts'
import { findBrowser } from '../../../electron/shell/hosts/chromium/browsers.ts'
import { openChromiumHost } from '../../../electron/shell/hosts/chromium/host.ts'
import { fromRoot } from '../../../electron/shell/hosts/paths.ts'
import { chromiumOrigin } from '../../../electron/shell/security/origins.ts'
import { forkTransport } from '../../../electron/vault/process/transport.ts'

export interface WholeRun {
  done: string[]
  /** Packets sent or received on any interface of the namespace while all of it ran. */
  packets: number
  /** The kernel's own counters that moved: attempts that made no packet would show here. */
  attempts: Record<string, number>
  /** Processes of the run that lived in another network namespace: nobody counted those. */
  elsewhere: string[]
  /** Processes of the browser that were counted. */
  browserProcesses: number
  /** Packets counted when one was sent on purpose. */
  control: number
}

/** A documentation address (RFC 5737): nobody has it, and no packet leaves this namespace. */
const nowhere = '192.0.2.1'
const idleMs = 4000

const folder = mkdtempSync(join(tmpdir(), 'guicang-counted-'))
const vault = join(folder, '示例.vault')
const done: string[] = []

function packetsNow(): number {
  const lines = readFileSync('/proc/net/dev', 'utf8').split('\n').slice(2)
  return lines.reduce((sum, line) => {
    const numbers = (line.split(':')[1] ?? '').trim().split(/\s+/).map(Number)
    return sum + (numbers[1] ?? 0) + (numbers[9] ?? 0)
  }, 0)
}

const counted = ['Ip.OutRequests', 'Tcp.ActiveOpens', 'Tcp.AttemptFails', 'Udp.OutDatagrams', 'Icmp.OutMsgs']

function attemptsNow(): Record<string, number> {
  const lines = readFileSync('/proc/net/snmp', 'utf8').trim().split('\n')
  const all = new Map<string, number>()
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [name = '', ...keys] = (lines[at] ?? '').split(' ')
    const values = (lines[at + 1] ?? '').split(' ').slice(1)
    for (const [index, key] of keys.entries())
      all.set(`${name.replace(':', '')}.${key}`, Number(values[index] ?? '0'))
  }
  return Object.fromEntries(counted.map((key) => [key, all.get(key) ?? 0]))
}

function cli(args: readonly string[]): unknown {
  const flags = ['--disable-warning=ExperimentalWarning', fromRoot('electron/cli/main.ts')]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...args, '--json'], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_STATE_HOME: folder,
      GUICANG_PASSPHRASE: 'copper lantern river orchard',
    },
  })
  if (status !== 0) throw new Error(`guicang ${args.join(' ')}: ${stderr}`)
  done.push(args.slice(0, 2).join(' '))
  return JSON.parse(stdout)
}

function mainJob(): void {
  cli(['vault', 'create', vault, '--company', '示例商贸有限公司', '--no-device-binding'])
  for (const kind of ['customers', 'complaints'])
    cli(['import', 'run', vault, '--kind', kind, '--file', fromRoot(`resources/sample/${kind}.csv`)])
  const page = z.object({ items: z.array(z.object({ id: z.string() })).min(1) })
  const [first] = page.parse(cli(['customers', 'list', vault, '--limit', '1'])).items
  cli(['customers', 'reveal', vault, '--id', first?.id ?? '', '--fields', 'mobile', '--reason', '核对'])
  const bag = join(folder, 'bag')
  cli([
    'export',
    'run',
    vault,
    '--kind',
    'customers',
    '--format',
    'csv',
    '--out',
    bag,
    '--clear',
    '--reason',
    '移交',
  ])
  cli(['bag', 'verify', bag])
  cli(['vault', 'verify', vault])
  cli(['audit', 'verify', vault])
}

interface Seen {
  elsewhere: string[]
  count: number
}

/** Every descendant of this process, and whether it lives in this network namespace. */
function lookAtProcesses(): Seen {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = readGone(() => readFileSync(`/proc/${name}/stat`, 'utf8'))
    if (stat !== undefined)
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = parents.get(pid); at !== undefined; at = parents.get(at))
      if (at === process.pid) return true
    return false
  }
  const own = readlinkSync('/proc/self/ns/net')
  const seen: Seen = { elsewhere: [], count: 0 }
  for (const pid of [...parents.keys()].filter(isOurs)) {
    const command = readGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? ''
    if (!command.includes('--user-data-dir') && !command.includes('--type=')) continue
    seen.count += 1
    const namespace = readGone(() => readlinkSync(`/proc/${pid}/ns/net`))
    if (namespace !== undefined && namespace !== own) seen.elsewhere.push(command.split('\0')[0] ?? '')
  }
  return seen
}

/** A process may end while it is looked at. */
function readGone(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

async function theWindow(browser: string): Promise<Seen> {
  // With a named host the program doesn't put the browser into a namespace of its own, where nobody would count; `unix` is
  // a name that is looked up nowhere.
  process.env['DISPLAY'] = 'unix:99'
  const app = createApp({
    host: 'chromium',
    version: '0.0.0-test',
    trustedOrigins: [chromiumOrigin],
    startVaultProcess: () => forkTransport(fromRoot('electron/vault/process/entry.ts')),
    appDataDir: folder,
    systemLocale: 'zh-CN',
  })
  const host = await openChromiumHost({
    app,
    rendererDir: fromRoot('out/renderer'),
    browser,
    headless: true,
    notice: () => {},
  })
  const { page } = host
  page.setDefaultTimeout(60_000)
  await page.getByTestId('welcome-sample').click()
  await page.getByTestId('customers-table-row').first().click()
  await page.getByTestId('reveal-mobile').click()
  await page.getByTestId('reason-contact').check()
  await page.getByTestId('reveal-mobile-confirm').click()
  await page.getByTestId('reveal-mobile-clear').waitFor()
  done.push('window: sample, customer, reveal')
  // What tries to leave by itself, as a page could: none of it may make a packet.
  await page.evaluate(`(() => {
    const swallow = (work) => { try { Promise.resolve(work()).catch(() => {}) } catch {} }
    swallow(() => fetch('https://${nowhere}/'))
    swallow(() => navigator.sendBeacon('https://${nowhere}/'))
    swallow(() => { new Image().src = 'https://${nowhere}/x.png' })
    swallow(() => { new WebSocket('wss://${nowhere}/') })
    swallow(async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${nowhere}:3478' }] })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
    })
    const link = document.createElement('link')
    link.rel = 'dns-prefetch'
    link.href = 'https://packets.example/'
    document.head.append(link)
    setTimeout(() => { location.href = 'https://${nowhere}/' })
  })()`)
  await sleep(idleMs)
  done.push('window: attempts to leave')
  const seen = lookAtProcesses()
  await app.lock('user')
  await sleep(idleMs / 4)
  await host.close()
  done.push('window: locked and closed')
  return seen
}

async function sendOne(): Promise<number> {
  const before = packetsNow()
  const socket = createSocket('udp4')
  socket.send('counted', 9, nowhere)
  await once(socket, 'listening')
  await sleep(300)
  socket.close()
  return packetsNow() - before
}

try {
  const before = { packets: packetsNow(), attempts: attemptsNow() }
  mainJob()
  const browser = findBrowser()
  const seen = browser === undefined ? { elsewhere: [], count: 0 } : await theWindow(browser)
  const packets = packetsNow() - before.packets
  const attempts = Object.fromEntries(
    Object.entries(attemptsNow())
      .map(([key, value]): [string, number] => [key, value - (before.attempts[key] ?? 0)])
      .filter(([, value]) => value !== 0),
  )
  const control = await sendOne()
  const result: WholeRun = {
    done,
    packets,
    attempts,
    elsewhere: seen.elsewhere,
    browserProcesses: seen.count,
    control,
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
