// What a page, a neighbour on the computer and a network could try against the window: the Chromium host's part of the list
// that test/unit/shell/electron-host.test.ts holds for Electron. (Code in the page and navigation: smoke.spec.ts.)
import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { fromRoot } from '../../electron/shell/hosts/paths.ts'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { expect, test } from './support/host.ts'

/** Runs page code whose answer is text; the page's globals that lint keeps out of our code are what is attacked here. */
async function ask(page: Page, code: string): Promise<string> {
  const answer: unknown = await page.evaluate(`(async () => String(await (async () => { ${code} })()))()`)
  return typeof answer === 'string' ? answer : ''
}

test('each document has a policy with a nonce of its own', async ({ host: { page } }) => {
  const nonces: string[] = []
  for (let round = 0; round < 3; round++) {
    const response = await page.reload()
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'none'")
    expect(response?.headers()['cache-control']).toBe('no-store')
    nonces.push(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '')
  }
  expect(new Set(nonces).size).toBe(3)
  expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 18)).toBe(true)
  // The page itself can't read it back from an attribute.
  expect(await page.evaluate(() => document.querySelector('[nonce]')?.getAttribute('nonce'))).toBe('')
})

const gather = `
  const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] })
  const found = []
  peer.onicecandidate = ({ candidate }) => { if (candidate && candidate.candidate) found.push(candidate.candidate) }
  peer.createDataChannel('x')
  await peer.setLocalDescription(await peer.createOffer())
  await new Promise((done) => setTimeout(done, 1500))
  const sdp = peer.localDescription.sdp.split('\\n').filter((line) => line.startsWith('a=candidate'))
  peer.close()
  return JSON.stringify([...found, ...sdp])`

test('WebRTC finds no way out', async ({ host: { page } }) => {
  expect(await ask(page, gather)).toBe('[]')
})

test.describe('where the system makes no network namespaces', () => {
  let folder: string
  const before = process.env['PATH']
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guicang-no-unshare-'))
    writeFileSync(join(folder, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    process.env['PATH'] = `${folder}:${before ?? ''}`
  })
  test.afterAll(() => {
    process.env['PATH'] = before
    rmSync(folder, { recursive: true, force: true })
  })

  test('the switches alone shut WebRTC', async ({ host: { page } }) => {
    expect(await ask(page, gather)).toBe('[]')
  })
})

const permissions = [
  'accelerometer',
  'background-fetch',
  'background-sync',
  'camera',
  'clipboard-read',
  'geolocation',
  'gyroscope',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'notifications',
  'persistent-storage',
  'screen-wake-lock',
  'window-management',
]

test('no permission is given but copying out', async ({ host }) => {
  const { page } = host
  for (const name of permissions) {
    const state = await ask(
      page,
      `try { return (await navigator.permissions.query({ name: '${name}' })).state } catch { return 'unknown' }`,
    )
    expect(['denied', 'unknown'], name).toContain(state)
  }
  const deeds: Record<string, string> = {
    camera: 'await navigator.mediaDevices.getUserMedia({ video: true })',
    screen: 'await navigator.mediaDevices.getDisplayMedia()',
    place: 'await new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no))',
    clipboard: 'await navigator.clipboard.readText()',
    usb: 'await navigator.usb.requestDevice({ filters: [] })',
    serial: 'await navigator.serial.requestPort()',
    hid: 'await navigator.hid.requestDevice({ filters: [] })',
    midi: 'await navigator.requestMIDIAccess()',
    fonts: 'if ((await window.queryLocalFonts()).length === 0) throw new Error()',
    notification: `if ((await Notification.requestPermission()) !== 'granted') throw new Error()`,
    folder: 'await window.showDirectoryPicker()',
    files: 'await window.showOpenFilePicker()',
    idle: 'await new IdleDetector().start()',
  }
  for (const [name, code] of Object.entries(deeds))
    expect(await ask(page, `try { ${code}; return 'given' } catch { return 'refused' }`), name).toBe(
      'refused',
    )
  host.takeProblems()
})

test('a page downloads nothing', async ({ host }) => {
  const { page } = host
  const downloads: Promise<string | null>[] = []
  page.on('download', (download) => downloads.push(download.failure()))
  for (const href of [
    `URL.createObjectURL(new Blob(['x']))`,
    `'data:application/octet-stream,x'`,
    `'/index.html'`,
  ])
    await ask(
      page,
      `const a = document.createElement('a'); a.href = ${href}; a.download = 'leak.bin'; document.body.append(a); a.click(); a.remove()`,
    )
  await delay(500)
  for (const failure of await Promise.all(downloads)) expect(failure).not.toBeNull()
  expect(page.url()).toBe(`${chromiumOrigin}/`)
  host.takeProblems()
})

test('the system’s boxes hold nothing up, and no service worker starts', async ({ host }) => {
  const { page } = host
  expect(await ask(page, `alert('x'); return [confirm('x'), prompt('x')].join()`)).toBe('false,')
  for (const register of ['navigator.serviceWorker.register', 'ServiceWorkerContainer.prototype.register'])
    await ask(page, `try { await ${register}.call(navigator.serviceWorker, '/index.html') } catch {}`)
  expect(await ask(page, 'return (await navigator.serviceWorker.getRegistrations()).length')).toBe('0')
  host.takeProblems()
})

test.describe('the processes of a run', () => {
  test.skip(process.platform !== 'linux', 'processes are looked at through /proc')
  let state: string
  let run: ChildProcess

  test.beforeEach(async () => {
    state = mkdtempSync(join(tmpdir(), 'guicang-run-'))
    mkdirSync(join(state, 'tmp'))
    run = spawn(
      process.execPath,
      [
        '--experimental-strip-types',
        fromRoot('electron/shell/hosts/start.ts'),
        '--host',
        'chromium',
        '--open',
        state,
      ],
      {
        env: { ...process.env, GUICANG_HEADLESS: '1', XDG_STATE_HOME: state, TMPDIR: join(state, 'tmp') },
        stdio: 'pipe',
      },
    )
    let said = ''
    for (const stream of [run.stdout, run.stderr]) stream?.on('data', (text) => (said += String(text)))
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/Guicang is open|No Chromium/)
    test.skip(said.includes('No Chromium'), 'no Chromium, Chrome or Edge was found')
    // The page asks about the folder that it was given, and the vault process starts.
    await expect
      .poll(() => family(run).some(({ command }) => command.includes('vault/process/entry')))
      .toBe(true)
  })

  test.afterEach(async () => {
    if (run.exitCode === null) run.kill('SIGKILL')
    await delay(200)
    rmSync(state, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  test('listen on no port, are driven by a pipe, hand no memory to a core dump, and leave no profile', async () => {
    const all = family(run)
    expect(all.length).toBeGreaterThan(3)
    for (const { command, pid } of all) {
      expect(command).not.toContain('remote-debugging-port')
      expect(command).not.toContain('--inspect')
      expect(Number.parseInt(readText(`/proc/${pid}/coredump_filter`) || '0', 16), command).toBe(0)
      expect(/^Umask:\t(\d+)$/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? '0077', command).toBe('0077')
    }
    expect(all.some(({ command }) => command.includes('--remote-debugging-pipe'))).toBe(true)

    // The signal by which Node opens a debugger: to main and to the vault process.
    for (const { pid, command } of all)
      if (command.includes('start.ts') || command.includes('entry.ts')) process.kill(pid, 'SIGUSR1')
    await delay(500)
    expect(family(run).length).toBe(all.length)
    expect(listening(family(run).map(({ pid }) => pid))).toEqual([])

    const profiles = (): string[] =>
      readdirSync(join(state, 'tmp')).filter((name) => name.startsWith('guicang-window-'))
    const [profile = ''] = profiles()
    expect(lstatSync(join(state, 'tmp', profile)).mode & 0o777).toBe(0o700)
    expect(lstatSync(join(state, 'tmp', profile, 'profile')).mode & 0o777).toBe(0o700)

    run.kill('SIGTERM')
    await expect.poll(() => run.exitCode, { timeout: 30_000 }).not.toBeNull()
    expect(profiles()).toEqual([])
    await expect
      .poll(() => all.filter(({ pid }) => existsSync(`/proc/${pid}/exe`)).map(({ command }) => command))
      .toEqual([])
  })
})

interface Process {
  pid: number
  command: string
}

/** A process and all that it started. */
function family(child: ChildProcess): Process[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = readText(`/proc/${name}/stat`)
      return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }
    })
  const found = new Set([child.pid ?? -1])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const { pid, parent } of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found]
    .map((pid) => ({ pid, command: readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
    .filter(({ command }) => command !== '')
}

/** Listening TCP sockets that these processes hold, each in its own network namespace. */
function listening(pids: readonly number[]): string[] {
  return pids.flatMap((pid) => {
    const held = new Set(descriptors(pid))
    return ['tcp', 'tcp6']
      .flatMap((table) => readText(`/proc/${pid}/net/${table}`).split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A' && held.has(`socket:[${columns[9]}]`))
      .map((columns) => `${pid} ${columns[1]}`)
  })
}

function descriptors(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((name) => readLink(`/proc/${pid}/fd/${name}`))
  } catch {
    // Gone meanwhile.
    return []
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    // Closed meanwhile.
    return ''
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Gone meanwhile.
    return ''
  }
}
