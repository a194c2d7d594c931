// File systems that are full or read-only: only root may mount them, so elsewhere the tests that need one skip aloud.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { afterAll } from 'vitest'
import { freshPath } from './vault.ts'

const mounted: string[] = []
afterAll(() => {
  for (const path of mounted.toReversed()) execFileSync('umount', ['-l', path])
})

function mount(args: readonly string[], path: string): string | undefined {
  if (process.platform !== 'linux') {
    console.warn('skipped: mounting a small disk is only known on Linux')
    return undefined
  }
  mkdirSync(path)
  try {
    execFileSync('mount', [...args, path], { stdio: 'ignore' })
  } catch (thrown) {
    console.warn(`skipped: may not mount a file system (${thrown instanceof Error ? thrown.message : ''})`)
    return undefined
  }
  mounted.push(path)
  return path
}

/** A disk of its own of this size, or undefined and a printed reason. */
export function smallDisk(kilobytes: number): string | undefined {
  return mount(['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'none'], freshPath('disk'))
}

/** The folder once more, as from a read-only medium, or undefined and a printed reason. */
export function readOnlyView(folder: string): string | undefined {
  const path = mount(['--bind', folder], freshPath('view'))
  if (path === undefined) return undefined
  execFileSync('mount', ['-o', 'remount,bind,ro', path], { stdio: 'ignore' })
  return path
}
