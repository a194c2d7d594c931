// What this machine has for the tests: installed programs, and what Debian's packages can add where we are root.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { run, which } from './tools.ts'

// Program → the Debian package that brings it. Each test that wants one skips aloud without it.
const systemPrograms: [program: string, packageName: string][] = [
  ['age', 'age'],
  ['7z', 'p7zip-full'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['dbus-run-session', 'dbus'],
  ['xvfb-run', 'xvfb'],
  ['sqlcipher', 'sqlcipher'],
  ['openssl', 'openssl'],
  ['make', 'make'],
  ['g++', 'g++'],
  ['python3', 'python3'],
  ['strace', 'strace'],
]

const notInstalling = 'set GUICANG_NO_INSTALL=1 to leave the system alone'

/** Installs what is missing, on Debian and as root only. Never fails: what isn't there afterwards is skipped aloud. */
export async function installSystemPrograms(): Promise<void> {
  const missing = systemPrograms.filter(([program]) => which(program) === undefined).map(([, name]) => name)
  if (findBrowser() === undefined) missing.push('chromium')
  if (process.platform === 'linux' && !existsSync('/usr/include/openssl/crypto.h')) missing.push('libssl-dev')
  if (missing.length === 0) return
  const possible = process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get') !== undefined
  if (!possible || process.env['GUICANG_NO_INSTALL'] === '1') {
    console.log(`not installed: ${missing.join(', ')}`)
    return
  }
  console.log(`installing Debian packages: ${missing.join(', ')} (${notInstalling})`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await run('apt-get', ['update', '-q'], { env, timeoutMs: 180_000 })
  const packages = [...missing, ...(missing.includes('gnome-keyring') ? ['libsecret-1-0'] : [])]
  const installed = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
    timeoutMs: 600_000,
  })
  if (installed.code !== 0) {
    const why = `${updated.output}\n${installed.output}`.trim().split('\n').slice(-5).join('\n')
    console.log(`the packages could not be installed:\n${why}`)
  }
}

/** An installed Chrome, Chromium or Edge, or Playwright's own download; `GUICANG_BROWSER` goes first. */
export function findBrowser(): string | undefined {
  const named = process.env['GUICANG_BROWSER']
  if (named !== undefined && existsSync(named)) return named
  for (const program of [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ]) {
    const found = which(program)
    if (found !== undefined && process.platform !== 'win32') return found
  }
  return [...installedPlaces(), playwrightsOwn()].find((path) => path !== '' && existsSync(path))
}

function playwrightsOwn(): string {
  try {
    return chromium.executablePath()
  } catch (error) {
    console.log(`Playwright has no browser for this system: ${String(error)}`)
    return ''
  }
}

function installedPlaces(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  if (process.platform !== 'win32') return []
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    if (folder === undefined) return []
    return [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]
  })
}

/** One line a thing: what the tests will find here. */
export function describeMachine(browser: string | undefined): string[] {
  const has = (program: string) => (which(program) === undefined ? 'no' : 'yes')
  return [
    `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    `browser: ${browser ?? 'none found (screen tests will be skipped)'}`,
    `keychain service: gnome-keyring ${has('gnome-keyring-daemon')}, dbus ${has('dbus-run-session')}`,
    `stock tools: ${['age', 'sqlcipher', 'openssl', '7z'].map((program) => `${program} ${has(program)}`).join(', ')}`,
    `compiler for the independent SQLCipher: ${['g++', 'make', 'python3'].map((program) => `${program} ${has(program)}`).join(', ')}`,
  ]
}
