import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { canonicalJson, sha256Hex } from '../../../electron/vault/audit/canonical.ts'
import { openPassphraseSlot } from '../../../electron/vault/keys/slots.ts'
import {
  readVaultFile,
  serialiseVaultFile,
  vaultFileDigest,
  writeVaultFile,
} from '../../../electron/vault/keys/vault-file.ts'
import type { VaultFile } from '../../../electron/vault/keys/vault-file.ts'
import { refusalIn, refusalOf } from './support.ts'
import { sampleVaultFile } from './vault-file-samples.ts'

const passphrase = 'correct horse'
const anyObject = z.record(z.string(), z.unknown())
const childScript = fileURLToPath(new URL('write-vault-file.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'guicang-vault-file-'))
const dir = join(root, 'sample.vault')
const path = join(dir, 'vault.json')
/** What the child process writes a copy of. */
const source = join(root, 'source.vault')
let sample: VaultFile

beforeAll(async () => {
  mkdirSync(source)
  sample = await sampleVaultFile(passphrase)
})

beforeEach(() => {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir)
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

function stored(change: (file: Record<string, unknown>) => void): string {
  const file = anyObject.parse(JSON.parse(serialiseVaultFile(sample)))
  change(file)
  return JSON.stringify(file)
}

async function answerTo(content: string | Uint8Array): Promise<string> {
  writeFileSync(path, content)
  return await refusalOf(readVaultFile(dir))
}

describe('writing and reading', () => {
  test('gives back the same, and the slot opens', async () => {
    await writeVaultFile(dir, sample)
    const file = await readVaultFile(dir)
    expect(file).toEqual(sample)
    const sealed = file.people[0]?.slots[0]?.sealed ?? ''
    expect((await openPassphraseSlot(sealed, passphrase, undefined)).identity).toMatch(/^AGE-SECRET-KEY-1/)
    expect(await refusalOf(openPassphraseSlot(sealed, 'wrong', undefined))).toBe('vault.wrongPassphrase')
  })

  test('the text is indented JSON with a final newline whose checksum is the digest', () => {
    const text = serialiseVaultFile(sample)
    const parsed = anyObject.parse(JSON.parse(text))
    expect(text.endsWith('\n}\n')).toBe(true)
    expect(text).toBe(`${JSON.stringify(parsed, null, 2)}\n`)
    expect(parsed['checksum']).toBe(vaultFileDigest(sample))
    const { checksum, ...rest } = parsed
    expect(checksum).toBe(sha256Hex(canonicalJson(rest)))
  })

  test('holds no secret in clear', async () => {
    const text = serialiseVaultFile(sample)
    const secret = await openPassphraseSlot(sample.people[0]?.slots[0]?.sealed ?? '', passphrase, undefined)
    expect(text).not.toContain(secret.identity)
    expect(text).not.toContain(secret.signingKey)
    expect(text).not.toContain('AGE-SECRET-KEY')
  })

  test('another order of members or other white space is the same file', async () => {
    const reversed = stored((file) => {
      for (const [key, value] of Object.entries(file).toReversed()) {
        delete file[key]
        file[key] = value
      }
    })
    expect(await answerTo(reversed)).toBe('accepted')
  })

  test('what could not be read back is not written', async () => {
    await writeVaultFile(dir, sample)
    const before = readFileSync(path)
    const [owner] = sample.people
    if (owner === undefined) throw new Error('the sample has an owner')
    const wrong: VaultFile[] = [
      { ...sample, vaultId: 'x' },
      { ...sample, epoch: -1 },
      { ...sample, people: [{ ...owner, verifyKey: '' }] },
      { ...sample, people: [{ ...owner, name: '\ud800' }] },
      { ...sample, people: [{ ...owner, recipient: 'age1' }] },
    ]
    for (const file of wrong) {
      expect(await refusalOf(writeVaultFile(dir, file))).toBe('internal vault.json shape')
      expect(refusalIn(() => serialiseVaultFile(file))).toBe('internal vault.json shape')
    }
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(dir)).toEqual(['vault.json'])
  })

  test.skipIf(process.platform === 'win32')('only its owner may read the file', async () => {
    writeFileSync(path, 'old')
    chmodSync(path, 0o644)
    await writeVaultFile(dir, sample)
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  })

  test("a killed process's temporary file is cleaned up, anything else is left alone", async () => {
    writeFileSync(join(dir, 'vault.json.0198b7c0-0000-7000-8000-000000000009.tmp'), 'half')
    writeFileSync(join(dir, 'vault.json.bak'), 'mine')
    await writeVaultFile(dir, sample)
    expect(readdirSync(dir).toSorted()).toEqual(['vault.json', 'vault.json.bak'])
  })
})

describe('what is not there or not a vault', () => {
  test('is told apart', async () => {
    expect(await refusalOf(readVaultFile(join(root, 'nowhere')))).toBe('vault.notFound')
    expect(await refusalOf(readVaultFile(dir))).toBe('vault.notAVault')
    writeFileSync(join(root, 'a-file'), '')
    expect(await refusalOf(readVaultFile(join(root, 'a-file')))).toBe('vault.notAVault')
    mkdirSync(path)
    expect(await refusalOf(readVaultFile(dir))).toBe('vault.notAVault')
    expect(await refusalOf(writeVaultFile(join(root, 'nowhere'), sample))).toBe('vault.notFound')
  })

  const hasMkfifo = spawnSync('mkfifo', ['--version']).status === 0
  if (!hasMkfifo) console.warn('skipped: mkfifo is not here, so a pipe named vault.json was not tried')
  test.skipIf(!hasMkfifo)('a pipe under the name does not hang', async () => {
    spawnSync('mkfifo', [path])
    expect(await refusalOf(readVaultFile(dir))).toBe('vault.notAVault')
  })
})

describe('damage', () => {
  test('of any single bit is never accepted and never without a code', async () => {
    const bytes = Buffer.from(serialiseVaultFile(sample), 'utf8')
    writeFileSync(path, bytes)
    const answers = new Map<string, number>()
    const descriptor = openSync(path, 'r+')
    for (const [at, byte] of bytes.entries()) {
      for (let bit = 0; bit < 8; bit += 1) {
        writeSync(descriptor, Buffer.from([byte ^ (1 << bit)]), 0, 1, at)
        const answer = await refusalOf(readVaultFile(dir))
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
      writeSync(descriptor, bytes, at, 1, at)
    }
    closeSync(descriptor)
    expect(await refusalOf(readVaultFile(dir))).toBe('accepted')
    const { 'vault.newerFormat': newer = 0, ...damaged } = Object.fromEntries(answers)
    expect(Object.keys(damaged).toSorted()).toEqual([
      'vault.damaged vault.json checksum',
      'vault.damaged vault.json encoding',
      'vault.damaged vault.json json',
      'vault.damaged vault.json shape',
    ])
    // The one digit of the format number: 1 to 3, 5 and 9.
    expect(newer).toBe(3)
  }, 120_000)

  test('by truncation at any length', async () => {
    const text = serialiseVaultFile(sample)
    for (let length = 0; length < text.length - 1; length += 97) {
      expect(await answerTo(text.slice(0, length))).toBe('vault.damaged vault.json json')
    }
  })

  test.each<[string, () => string | Uint8Array, string]>([
    ['nothing', () => '', 'json'],
    ['zero bytes', () => new Uint8Array(4096), 'json'],
    ['a byte order mark', () => `\ufeff${serialiseVaultFile(sample)}`, 'json'],
    ['GB18030', () => Buffer.from([0x7b, 0x22, 0xcd, 0xf5, 0x22]), 'encoding'],
    ['an array', () => '[]', 'shape'],
    ['null', () => 'null', 'shape'],
    ['deep nesting', () => '['.repeat(200_000) + ']'.repeat(200_000), 'shape'],
    ['a member more', () => stored((file) => (file['company'] = 'x')), 'shape'],
    ['a member less', () => stored((file) => delete file['epoch']), 'shape'],
    ['no checksum', () => stored((file) => delete file['checksum']), 'shape'],
    ['another epoch', () => stored((file) => (file['epoch'] = 2)), 'checksum'],
    ['another name', () => serialiseVaultFile(sample).replace('王小明', '王大明'), 'checksum'],
    ['format 0', () => stored((file) => (file['format'] = 0)), 'shape'],
    ['a megabyte too many', () => `${serialiseVaultFile(sample)}${' '.repeat(5 * 1024 * 1024)}`, 'size'],
  ])('%s', async (_name, make, rule) => {
    expect(await answerTo(make())).toBe(`vault.damaged vault.json ${rule}`)
  })

  test('a newer format is told before anything else is looked at', async () => {
    expect(await answerTo('{"format": 2, "everything": "else"}')).toBe('vault.newerFormat')
    expect(await answerTo(stored((file) => (file['format'] = 7)))).toBe('vault.newerFormat')
  })
})

describe('a process of its own', () => {
  test('that is killed while writing leaves the old or the new file, whole', async () => {
    await writeVaultFile(source, sample)
    await writeVaultFile(dir, sample)
    for (let round = 0; round < 6; round += 1) {
      const child = spawn(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        childScript,
        dir,
        source,
      ])
      const before = (await readVaultFile(dir)).epoch
      // Wait for it to be at work, then let it go on for a different while each time.
      while ((await readVaultFile(dir)).epoch === before)
        await new Promise((resolve) => setTimeout(resolve, 5))
      await new Promise((resolve) => setTimeout(resolve, round * 3))
      child.kill('SIGKILL')
      await once(child, 'exit')
      expect((await readVaultFile(dir)).people).toEqual(sample.people)
      await writeVaultFile(dir, { ...sample, epoch: 1_000_000 + round })
      expect(readdirSync(dir)).toEqual(['vault.json'])
    }
  })

  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', root]).status === 0
  if (!canMount)
    console.warn('skipped: no user namespaces here, so a full and a read-only disk were not tried')

  test.skipIf(!canMount).each([
    ['full', 'true', 'disk.full'],
    ['read-only', 'mount -o remount,ro "$0"', 'vault.readOnly'],
  ])(
    'on a %s disk says so, keeps the old file and leaves nothing behind',
    async (_name, before, expected) => {
      await writeVaultFile(source, sample)
      const old = join(source, 'vault.json')
      // Just the pages that the old file takes.
      const pages = Math.ceil(statSync(old).size / 4096)
      const script = `mount -t tmpfs -o size=${pages * 4}k tmpfs "$0" && cp "$1" "$0/vault.json" && ${before} &&
      "$2" --disable-warning=ExperimentalWarning "$3" "$0" "$4" once && ls "$0" && cmp "$1" "$0/vault.json" && echo same`
      const run = spawnSync(
        'unshare',
        ['-rm', 'bash', '-c', script, dir, old, process.execPath, childScript, source],
        {
          encoding: 'utf8',
        },
      )
      expect(run.stdout.split('\n')).toEqual([expected, 'vault.json', 'same', ''])
    },
  )
})
