// Electron's program isn't in its npm package: it is downloaded on the first start, which not every machine can do.
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fromRoot } from './paths.ts'

/** A download that doesn't grow for this long is given up. */
const stallMs = 30_000
/** After a failure the download is left alone for this long, so that every start isn't slowed by it. */
const restMs = 24 * 60 * 60 * 1000

const packageDir = fromRoot('node_modules/electron')
const lastFailure = fromRoot('node_modules/.cache/guicang/electron-download-failed')

export type ElectronSearch = { path: string } | { path: undefined; reason: Reason }

/** Why there is no Electron: `stalled`, `resting` (it failed lately), `absent` (not installed), or what the download said. */
export interface Reason {
  kind: 'stalled' | 'resting' | 'absent' | 'failed'
  /** A short code such as ENOTFOUND or HTTP 403; empty where there is none. */
  code: string
}

/** The installed program's path, or undefined. Nothing is downloaded. */
export function findElectron(): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = readText(join(packageDir, 'path.txt'))
  if (name === undefined) return undefined
  const path = join(override ?? join(packageDir, 'dist'), name)
  return existsSync(path) ? path : undefined
}

/** The installed program, else the one that Electron's own installer can fetch. Never hangs: see `stallMs`. */
export async function findOrDownloadElectron(options: {
  insist: boolean
  onStart: () => void
}): Promise<ElectronSearch> {
  const installed = findElectron()
  if (installed !== undefined) return { path: installed }
  const installer = join(packageDir, 'install.js')
  if (!existsSync(installer)) return { path: undefined, reason: { kind: 'absent', code: '' } }
  const failedMs = statSync(lastFailure, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (!options.insist && Date.now() - failedMs < restMs) {
    return { path: undefined, reason: { kind: 'resting', code: readText(lastFailure) ?? '' } }
  }
  options.onStart()
  const reason = await download(installer)
  const path = findElectron()
  if (path !== undefined) return { path }
  mkdirSync(dirname(lastFailure), { recursive: true })
  writeFileSync(lastFailure, reason.code)
  return { path: undefined, reason }
}

/** Runs the installer in a temporary folder of its own, whose growth is the only sign of progress that it gives. */
async function download(installer: string): Promise<Reason> {
  const scratch = mkdtempSync(join(tmpdir(), 'guicang-electron-'))
  const child = spawn(process.execPath, [installer], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const watched = [scratch, join(packageDir, 'dist')]
  let stalled = false
  let size = 0
  let grewAt = Date.now()
  const watch = setInterval(() => {
    const now = watched.reduce((sum, folder) => sum + sizeOf(folder), 0)
    if (now !== size) grewAt = Date.now()
    size = now
    if (Date.now() - grewAt < stallMs) return
    stalled = true
    child.kill('SIGKILL')
  }, 1000)
  await new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve()
    })
    child.once('error', () => {
      resolve()
    })
  })
  clearInterval(watch)
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  return stalled ? { kind: 'stalled', code: '' } : { kind: 'failed', code: shortCode(said) }
}

/** The one word that says most in a stack trace; no address, no path. */
function shortCode(text: string): string {
  const status = /(?:status(?: code)?|response code|HTTP(?:Error)?:?)\D{0,20}([45]\d\d)/i.exec(text)?.[1]
  if (status !== undefined) return `HTTP ${status}`
  // Node's word when it got no answer at all.
  if (text.includes('fetch failed')) return 'fetch failed'
  return (
    /\b(?:E[A-Z]{3,}(?:_[A-Z]+)*|UND_ERR_[A-Z_]+|[A-Z]+_CERT[A-Z_]*|CERT_[A-Z_]+)\b/.exec(text)?.[0] ?? ''
  )
}

/** Bytes in a folder and below; 0 while there is none. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0)
  } catch {
    // Not there yet, or a part of it was removed while we looked: the next look is a second away.
    return 0
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not there: the caller knows what that means.
    return undefined
  }
}
