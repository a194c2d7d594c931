// Runs resources/docs/recovery.md as it stands: its shell blocks, joined, with `age` and genuine SQLCipher.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('../../resources/docs/recovery.md', import.meta.url))
const shell = fileURLToPath(new URL('sqlcipher-shell.ts', import.meta.url))

/** Whether `age` and a POSIX shell are here. */
export function canFollowThePage(): boolean {
  return ['age', 'sh'].every((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0)
}

/** Every ```sh block of the page, in order, as one script. */
export function scriptOfThePage(): string {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm)]
    .map(([, block]) => block)
    .join('\n')
}

/**
 * Recovers a vault into `out` (which the script makes) as a stranger would.
 * @param folder a place for the script and the stand-in program
 */
export function recover(
  folder: string,
  vault: string,
  kit: string,
  out: string,
): { code: number | null; printed: string } {
  const sqlcipher = join(folder, 'sqlcipher')
  writeFileSync(
    sqlcipher,
    `#!/bin/sh\nexec "${process.execPath}" --experimental-strip-types --disable-warning=ExperimentalWarning "${shell}" "$@"\n`,
  )
  chmodSync(sqlcipher, 0o700)
  const script = join(folder, 'recover.sh')
  writeFileSync(script, scriptOfThePage())
  const done = spawnSync('sh', [script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      VAULT: vault,
      KIT: kit,
      OUT: out,
      SQLCIPHER: sqlcipher,
    },
  })
  return { code: done.status, printed: `${done.stdout}${done.stderr}` }
}
