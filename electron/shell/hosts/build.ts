// Builds out/ when it is missing or older than what it is made from.
import { spawnSync } from 'node:child_process'
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fromRoot } from './paths.ts'
import { say } from './say.ts'

const sources = ['electron', 'renderer', 'resources', 'shared', 'package.json', 'package-lock.json']
const products = [
  'out/main/index.js',
  'out/main/vault.js',
  'out/main/check.js',
  'out/main/rekey.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

/** Whether out/ has everything and nothing that it is made from is newer. */
export function isBuilt(): boolean {
  const times = products.map((path) => statSync(fromRoot(path), { throwIfNoEntry: false })?.mtimeMs)
  const oldest = Math.min(...times.map((time) => time ?? 0))
  return oldest > 0 && sources.every((path) => newestMs(fromRoot(path)) <= oldest)
}

/**
 * Builds if need be, quietly. Answers false, with the builder's own words on the terminal, when that failed.
 */
export function buildIfNeeded(): boolean {
  if (isBuilt()) return true
  say(
    '正在构建窗口（只在第一次或源文件改动后）……',
    'Building the window (the first time, and after changes) …',
  )
  const cli = fromRoot('node_modules/electron-vite/bin/electron-vite.js')
  const build = spawnSync(
    process.execPath,
    [cli, 'build', '--config', fromRoot('electron/electron.vite.config.ts'), '--logLevel', 'error'],
    { cwd: fromRoot('.'), encoding: 'utf8' },
  )
  if (build.status === 0) return true
  process.stderr.write(`${build.stdout}${build.stderr}`)
  say('构建失败，原因见上。', 'The build failed; the reason stands above.')
  return false
}

/** Time of the newest file or folder in there; a removed file shows in its folder's time. */
function newestMs(path: string): number {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))))
}
