// A bound vault and two computers, each with a real keychain of its own (gnome-keyring in a D-Bus session): carried, refused in
// words, recovered with a kit, enrolled; and a keychain that is locked, gone, or has lost what it held.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { which } from '../run/tools.ts'
import { fileWith, freshPath, passphrase } from '../support/vault.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter((program) => which(program) === undefined)
if (missing.length > 0)
  console.warn(`skipped: computers with keychains, because ${missing.join(', ')} is missing`)

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** The verbs in one login on a computer: what each printed, its exit code first. */
function onComputer(
  home: string,
  keychain: 'unlocked' | 'none' | 'locked',
  verbs: readonly (readonly string[])[],
  words = passphrase,
): { code: number; said: unknown }[] {
  mkdirSync(join(home, 'data'), { recursive: true })
  const unlock = `printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1`
  const lockAll = `dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null`
  const steps = { unlocked: [unlock], none: [], locked: [unlock, lockAll] }[keychain]
  const cli = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    join(checkout, 'electron/cli/main.ts'),
  ]
  const calls = verbs.map((verb) => {
    const line = [...cli, ...verb, '--json'].map(quote).join(' ')
    return `out=$(${line} 2>&1); echo "$? $out"`
  })
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    LANG: 'en_US.UTF-8',
    GUICANG_PASSPHRASE: words,
  }
  const script = [...steps, ...calls].join('\n')
  const { stdout } = spawnSync('dbus-run-session', ['--', 'bash', '-c', script], {
    env,
    encoding: 'utf8',
    cwd: checkout,
  })
  return stdout
    .split('\n')
    .filter((line) => /^\d [[{]/.test(line))
    .map((line) => ({ code: Number(line.slice(0, 1)), said: z.json().parse(JSON.parse(line.slice(2))) }))
}

const refusal = z.object({ error: z.object({ code: z.string() }) })
const codes = (answers: readonly { code: number; said: unknown }[]): string[] =>
  answers.map(({ code, said }) => (code === 0 ? 'ok' : refusal.parse(said).error.code))

test.skipIf(missing.length > 0)(
  'a vault bound to one computer is recovered on another with a kit, carried back, and opens on both',
  () => {
    const office = freshPath('office')
    const home = freshPath('home')
    const dir = freshPath('bound.vault')
    const kits = freshPath('kits.txt')
    const open = ['vault', 'open', dir]
    const create = [
      'vault',
      'create',
      dir,
      '--company',
      '示例商贸',
      '--owner',
      '林晓',
      '--recovery-code-out',
      kits,
    ]
    expect(codes(onComputer(office, 'unlocked', [create, open]))).toEqual(['ok', 'ok'])

    // The other computer has a keychain, but not this vault's secret.
    const recover = ['vault', 'recover', dir, '--recovery-code-file', kits]
    expect(
      codes(
        onComputer(home, 'unlocked', [open, [...recover, '--check'], recover, ['device', 'add', dir], open]),
      ),
    ).toEqual(['vault.deviceMissing', 'ok', 'ok', 'ok', 'ok'])
    // A kit gives new keys: the first computer has to be enrolled again, by a way in that is bound to none.
    expect(codes(onComputer(office, 'unlocked', [open]))).toEqual(['vault.deviceMissing'])
    expect(codes(onComputer(home, 'unlocked', [['device', 'carry', dir]]))).toEqual(['ok'])
    expect(codes(onComputer(office, 'unlocked', [open, ['device', 'add', dir], open]))).toEqual([
      'ok',
      'ok',
      'ok',
    ])
    expect(codes(onComputer(home, 'unlocked', [open]))).toEqual(['ok'])
  },
  240_000,
)

test.skipIf(missing.length > 0)(
  'a keychain that is not there, locked, or empty is told apart, and nothing is lost by trying',
  () => {
    const office = freshPath('office')
    const dir = freshPath('bound.vault')
    const kits = fileWith('', 'kits.txt')
    rmSync(kits)
    const open = ['vault', 'open', dir]
    const create = ['vault', 'create', dir, '--company', '示例商贸', '--recovery-code-out', kits]
    expect(codes(onComputer(office, 'none', [create]))).toEqual(['keychain.unavailable'])
    // The place that was held for the codes is free again.
    expect(existsSync(kits)).toBe(false)
    expect(codes(onComputer(office, 'unlocked', [create, open]))).toEqual(['ok', 'ok'])
    expect(codes(onComputer(office, 'none', [open]))).toEqual(['keychain.unavailable'])
    expect(codes(onComputer(office, 'locked', [open]))).toEqual(['keychain.unavailable'])
    expect(codes(onComputer(office, 'unlocked', [open]))).toEqual(['ok'])
    rmSync(join(office, 'data', 'keyrings'), { recursive: true })
    writeFileSync(join(office, 'note.txt'), 'the keychain has lost its content')
    expect(codes(onComputer(office, 'unlocked', [open]))).toEqual(['vault.deviceMissing'])
    expect(
      codes(onComputer(office, 'unlocked', [['vault', 'recover', dir, '--recovery-code-file', kits], open])),
    ).toEqual(['ok', 'ok'])
  },
  240_000,
)
