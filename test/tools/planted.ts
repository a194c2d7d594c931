// Lays bad files into a folder of its own, beside the real configurations, so that a test can watch a tool catch them.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface Planted {
  root: string
  /** Runs a tool of this repository's node_modules in the folder. Returns its exit code and what it printed. */
  run(tool: string, args: string[]): { code: number | null; output: string }
  remove(): void
}

/**
 * Makes a folder with the given files (path in the house → text) and copies of the given configurations.
 * Packages resolve as they do in the repository.
 */
export function plant(files: Record<string, string>, configurations: string[]): Planted {
  const root = mkdtempSync(join(tmpdir(), 'guicang-planted-'))
  const bin = join(repository, 'node_modules', '.bin')
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction')
  for (const name of configurations) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    cpSync(join(repository, name), join(root, name))
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return {
    root,
    run(tool, args) {
      const done = spawnSync(join(bin, tool), args, {
        cwd: root,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        env: { ...process.env, NO_COLOR: '1' },
      })
      return { code: done.status, output: `${done.stdout}${done.stderr}` }
    },
    remove() {
      rmSync(root, { recursive: true, force: true })
    },
  }
}
