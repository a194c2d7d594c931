import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Linux desktop's opener that takes down what it was given: the path, and the bytes that stood there. It wants its `path` in PATH. */
export function fakeOpener(folder: string): { path: string; given: () => string; bytes: () => Buffer } {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const seen = join(folder, 'given')
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\ncp "$1" '${seen}.bytes' && printf %s "$1" > '${seen}'\n`)
  chmodSync(join(bin, 'xdg-open'), 0o755)
  return {
    path: bin,
    given: () => readFileSync(seen, 'utf8'),
    bytes: () => readFileSync(`${seen}.bytes`),
  }
}
