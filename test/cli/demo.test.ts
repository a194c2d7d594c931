// The tour: whoever runs it sees the whole job, the masked table first, and can open the vault that it leaves.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const main = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'guicang-demo-test-'))

interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

function guicang(args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', main, ...args],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        LC_ALL: '',
        LANG: 'zh_CN.UTF-8',
        TMPDIR: folder,
        XDG_STATE_HOME: join(folder, 'own'),
        ...env,
      },
    },
  )
  return { code: status, stdout, stderr }
}

const documentSchema = z.strictObject({
  path: z.string(),
  steps: z.array(z.looseObject({ step: z.string(), ok: z.boolean() })),
  verified: z.boolean(),
})
const stepSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('demo --json', () => {
  const kept = join(folder, 'kept')
  let ran: Ran
  let ownState: boolean
  let told: z.infer<typeof documentSchema>

  beforeAll(() => {
    ran = guicang(['demo', '--keep', kept, '--json'])
    ownState = existsSync(join(folder, 'own'))
    told = documentSchema.parse(JSON.parse(ran.stdout))
  }, 120_000)

  const step = (name: string) => stepSchema.parse(told.steps.find((one) => one.step === name))

  it('prints one document, with every step in order and well ended', () => {
    expect({ code: ran.code, stderr: ran.stderr, verified: told.verified }).toEqual({
      code: 0,
      stderr: '',
      verified: true,
    })
    expect(told.steps.map(({ step: name, ok }) => `${name} ${ok}`)).toEqual(
      [
        'create',
        'customers',
        'import',
        'complaints',
        'reveal',
        'case',
        'search',
        'export',
        'audit',
        'wrong-passphrase',
        'recover',
        'lock',
        'verify',
      ].map((name) => `${name} true`),
    )
    expect(told.path).toBe(join(kept, '示例商贸.vault'))
  })

  it('accounts for every row of the sample files, and warns of what was planted in them and nothing else', () => {
    expect(step('import')).toMatchObject({
      customersRows: 59,
      customersAccepted: 59,
      customersWarned: 5,
      customersRejected: 0,
      customersDuplicates: 2,
      complaintsRows: 62,
      complaintsAccepted: 61,
      complaintsWarned: 3,
      complaintsRejected: 1,
      complaintsDuplicates: 1,
    })
  })

  it('finds no clear value in the vault or in the masked bag, and refuses a reveal without a reason', () => {
    expect(step('lock')).toMatchObject({ code: 'vault.locked', clearValues: 0 })
    expect(Number(step('lock')['searchedFor'])).toBeGreaterThan(200)
    expect(step('export')).toMatchObject({ rows: 59, valid: true, clearValues: 0 })
    expect(step('reveal')).toMatchObject({ logged: true, refusedWithoutReason: true })
  })

  it('leaves a vault that opens with the passphrase set by the recovery kit, and a bag beside it', () => {
    const passphrase = String(step('recover')['passphrase'])
    const opened = guicang(['vault', 'open', told.path, '--json'], { GUICANG_PASSPHRASE: passphrase })
    expect(opened).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(opened.stdout)).toMatchObject({
      role: 'owner',
      counts: { customers: 59, complaints: 62 },
    })
    expect(readdirSync(kept).toSorted()).toEqual(['export', '示例商贸.vault'])
  })

  it('leaves nothing in the list of what this person has opened', () => {
    expect(ownState).toBe(false)
    expect(readdirSync(folder).filter((name) => name.startsWith('guicang-demo-state-'))).toEqual([])
  })

  it('refuses a folder in which an earlier tour stands, and prints nothing on stdout', () => {
    const again = guicang(['demo', '--keep', kept, '--json'])
    expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 1, stdout: '' })
    expect(JSON.parse(again.stderr)).toMatchObject({ error: { code: 'vault.exists' } })
  })
})

describe('demo on a terminal', () => {
  let ran: Ran

  beforeAll(() => {
    ran = guicang(['demo'], { LANG: 'en_US.UTF-8', NO_COLOR: '1' })
  }, 120_000)

  it('shows the masked table first and ends with the verified vault and its path', () => {
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' })
    const headings = ran.stdout.split('\n').filter((line) => line.includes('────'))
    expect(headings[0]).toContain('客户，脱敏  Customers, masked')
    expect(ran.stdout.trimEnd().split('\n').at(-1)).toMatch(/^verified {2}.*示例商贸\.vault/)
  })

  it('shows one number in clear, the one that was asked for, and no line is wider than the terminal', () => {
    const clear = ran.stdout.match(/\+44 20 7946 \d{4}|1[379]\d00000?\d{4}|\d{17}[\dX]/g) ?? []
    expect(clear).toEqual(['+44 20 7946 0160'])
    const wide = ran.stdout
      .split('\n')
      .filter((line) => !line.includes('示例商贸.vault') && columns(line) > 100)
    expect(wide).toEqual([])
  })
})

function columns(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u2e80-\uffe6]/u.test(character) ? 2 : 1), 0)
}
