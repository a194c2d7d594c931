// What leaves: bags that stock tools check, masked to the last byte or clear with a reason, whole or not at all.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { verifyBag } from '../../electron/exchange/export/verify-bag.ts'
import { readVaultFile } from '../../electron/vault/keys/vault-file.ts'
import { verifyKeyPem } from '../../electron/vault/keys/signing.ts'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { aVault, codeOf, fileWith, freshPath, present, testJob, type TestVault } from '../support/vault.ts'

const reason = '移交清算组'
const rows = [
  ...customerRows(40),
  ...customerRows(1, 900).map((row) => ({ ...row, 姓名: '=cmd|calc', 备注: '@SUM(1)' })),
]

async function filled(): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
  const complaints = Array.from({ length: 15 }, (_, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  return vault
}

const cellsIn = (path: string): string[][] =>
  z
    .array(z.array(z.string()))
    .parse(Papa.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), { skipEmptyLines: true }).data)

const filesIn = (bag: string): string[] =>
  globSync('**/*', { cwd: bag }).filter((name) => statSync(join(bag, name)).isFile())

describe('a bag', () => {
  test.each([
    ['customers', false],
    ['customers', true],
    ['complaints', false],
    ['complaints', true],
  ] as const)(
    'of %s, clear: %s: valid for us, for sha256sum and for openssl; its counts are the database’s',
    async (kind, clear) => {
      const vault = await filled()
      const out = freshPath('移交 bag')
      const result = await vault.call('exports.run', {
        kind,
        format: 'csv',
        out,
        clear,
        ...(clear ? { reason } : {}),
      })
      const expected = kind === 'customers' ? rows.length : 15
      const file = present(result.files[0])
      expect(file).toEqual({
        path: `data/${kind}.csv`,
        rows: expected,
        sha256: sha256Hex(readFileSync(join(out, 'data', `${kind}.csv`))),
      })
      expect(cellsIn(join(out, file.path))).toHaveLength(expected + 1)
      expect(await verifyBag(out)).toMatchObject({ valid: true, errors: [], trust: 'unanchored' })
      const [owner] = (await readVaultFile(vault.dir)).people
      const pem = verifyKeyPem(present(owner).verifyKey)
      expect((await verifyBag(out, { trustedKeys: [{ name: 'owner', verifyKeyPem: pem }] })).trust).toBe(
        'anchored',
      )
      for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
        execFileSync('sha256sum', ['--check', '--strict', '--quiet', manifest], { cwd: out })
      }
      const readme = readFileSync(join(out, 'signature', 'README.txt'), 'utf8')
      const commands = readme
        .split('\n')
        .filter((line) => line.startsWith('    ') && line.includes('openssl'))
      expect(commands.length).toBeGreaterThan(0)
      for (const line of commands)
        expect([line, spawnSync('sh', ['-c', line], { cwd: out }).status]).toEqual([line, 0])
      const certificate = readFileSync(join(out, 'certificate.txt'), 'utf8')
      for (const text of ['示例商贸有限公司', String(expected), file.sha256, result.fingerprint])
        expect(certificate).toContain(text)
      if (clear) expect(certificate).toContain(reason)
      expect(existsSync(join(out, 'certificate.pdf'))).toBe(true)
      const [entry] = (await vault.call('audit.list', { action: 'exports.run' })).items
      expect(entry).toMatchObject({ subject: kind, detail: { clear, rows: expected, sha256: file.sha256 } })
      const note = readFileSync(
        join(out, present(filesIn(out).find((name) => /checkpoint/.test(name)))),
        'utf8',
      )
      expect((await vault.call('audit.verify', { checkpoint: note })).findings).toEqual([])
    },
  )

  test('masked: no clear value in any byte of it; formulas are held back', async () => {
    const vault = await filled()
    const needles = rows
      .flatMap((row) => [row.姓名, row.身份证号, row.手机号, row.邮箱, row.地址, row.备注])
      .filter((value) => [...value].length >= 4)
    for (const kind of ['customers', 'complaints'] as const) {
      const out = freshPath('bag')
      await vault.call('exports.run', { kind, format: 'csv', out })
      for (const name of filesIn(out)) {
        const bytes = readFileSync(join(out, name))
        expect([name, needles.filter((needle) => bytes.includes(needle))]).toEqual([name, []])
      }
      for (const cell of cellsIn(join(out, 'data', `${kind}.csv`)).flat())
        expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }
  })

  test('clear: every cell of the file is there again, also the extra columns, guarded', async () => {
    const vault = await filled()
    const out = freshPath('bag')
    await vault.call('exports.run', { kind: 'customers', format: 'csv', out, clear: true, reason })
    const cells = new Set(cellsIn(join(out, 'data', 'customers.csv')).flat())
    for (const row of rows) {
      for (const value of Object.values(row))
        expect(cells.has(/^[=+\-@]/.test(value) ? `'${value}` : value)).toBe(true)
    }
  })

  test('clear: columns are called as they were, also like what every object has or like a formula', async () => {
    const vault = await aVault()
    const extra = { constructor: '甲', toString: '乙', '=1+1': '丙', '＝HYPERLINK("x")': '丁', "'=x": '戊' }
    await vault.call('customers.add', { name: '王小明', extra })
    await vault.call('customers.add', { name: '李小红' })
    const out = freshPath('bag')
    await vault.call('exports.run', { kind: 'customers', format: 'csv', out, clear: true, reason })
    const file = join(out, 'data', 'customers.csv')
    for (const cell of cellsIn(file).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
    const other = await aVault()
    await other.call('imports.run', { path: file, kind: 'customers' })
    const { items } = await other.call('customers.list', {})
    const columns = ['guicang_id', ...Object.keys(extra)].toSorted()
    for (const item of items) expect(item.extraColumns.toSorted()).toEqual(columns)
    const revealed = await Promise.all(
      items.map(({ id }) =>
        other.call('customers.reveal', {
          id,
          fields: Object.keys(extra).map((one) => `extra:${one}`),
          reason,
        }),
      ),
    )
    expect(revealed.map((values) => Object.values(values).join('')).toSorted()).toEqual(['', '甲乙丙丁戊'])
  })

  test('of an empty vault holds a header and no row', async () => {
    const vault = await aVault()
    const out = freshPath('bag')
    expect((await vault.call('exports.run', { kind: 'customers', format: 'csv', out })).files).toMatchObject([
      { rows: 0 },
    ])
    expect(cellsIn(join(out, 'data', 'customers.csv'))).toHaveLength(1)
  })
})

describe('nothing half done', () => {
  test('clear without a reason, a place that is taken or missing: refused, and the place as it was', async () => {
    const vault = await filled()
    const out = freshPath('bag')
    const run = (place: string, more: object = {}) =>
      vault.call('exports.run', { kind: 'customers', format: 'csv', out: place, ...more })
    expect(await codeOf(run(out, { clear: true }))).toBe('reason.required')
    expect(await codeOf(run(out, { clear: true, reason: ' ' }))).toBe('reason.required')
    expect(existsSync(out)).toBe(false)
    const folder = freshPath('taken')
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    expect(await codeOf(run(folder))).toBe('file.exists')
    expect(readdirSync(folder)).toEqual(['mine.txt'])
    const file = fileWith('mine')
    expect(await codeOf(run(file))).toBe('file.exists')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    const link = freshPath('link')
    symlinkSync(folder, link)
    expect(await codeOf(run(link))).toBe('file.exists')
    expect(await codeOf(run(join(freshPath('no'), 'where')))).toBe('file.notFound')
    expect((await vault.call('audit.list', { action: 'exports.run' })).items).toEqual([])
  })

  test('cancelled in the middle it leaves no folder, no draft and no entry', async () => {
    const vault = await filled()
    await vault.call('imports.run', { path: fileWith(csvOf(customerRows(3000, 2000))), kind: 'customers' })
    const controller = new AbortController()
    const job = testJob(controller.signal, () => controller.abort())
    const parent = freshPath('parent')
    mkdirSync(parent)
    const out = join(parent, 'bag')
    expect(await codeOf(vault.call('exports.run', { kind: 'customers', format: 'csv', out }, job))).toBe(
      'job.cancelled',
    )
    expect(readdirSync(parent)).toEqual([])
    expect(dirname(out)).toBe(parent)
    expect((await vault.call('audit.list', { action: 'exports.failed' })).items).toEqual([])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('failed after the log had told of it: the log tells that too', async () => {
    const vault = await filled()
    const out = freshPath('bag')
    // The name is taken while the table is written: only the bag's last step finds out.
    const job = testJob(undefined, () => mkdirSync(join(out, 'mine'), { recursive: true }))
    expect(await codeOf(vault.call('exports.run', { kind: 'customers', format: 'csv', out }, job))).toBe(
      'file.exists',
    )
    expect(readdirSync(out)).toEqual(['mine'])
    const [run] = (await vault.call('audit.list', { action: 'exports.run' })).items
    expect((await vault.call('audit.list', { action: 'exports.failed' })).items).toMatchObject([
      { subject: 'customers', detail: { entry: present(run).index, code: 'file.exists' } },
    ])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

test('a medium that can’t be read while rows are written is named as that', async () => {
  const vault = await filled()
  const { customers } = vault.session.store.records
  customers.list = () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' })
  }
  const out = freshPath('bag')
  const exporting = vault.call('exports.run', { kind: 'customers', format: 'csv', out })
  expect(await codeOf(exporting)).toBe('disk.failed')
  expect(existsSync(out)).toBe(false)
})
