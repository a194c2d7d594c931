import { spawnSync } from 'node:child_process'
import { mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginBag } from '../../../../electron/exchange/export/bag.ts'
import { verifyBag } from '../../../../electron/exchange/export/verify-bag.ts'
import { filesIn, finishOf, makeSampleBag, makeSigner, scratchFolder } from './sample-bag.ts'

let scratch: Awaited<ReturnType<typeof scratchFolder>>
beforeEach(async () => {
  scratch = await scratchFolder()
})
afterEach(() => scratch.remove())

describe('a bag that we write', () => {
  it('is a valid BagIt 1.0 bag that says what is in it and who signed', async () => {
    const signer = makeSigner()
    const sealed = await makeSampleBag(scratch.at('移交'), signer)
    expect(sealed.files.map(({ path }) => path)).toEqual(['data/customers.csv', 'data/附件/说明.txt'])
    expect(sealed.fingerprint).toBe(signer.fingerprint)
    expect(await readFile(scratch.at('移交/bagit.txt'), 'utf8')).toBe(
      'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    )
    const octets = sealed.files.reduce((sum, { bytes }) => sum + bytes, 0)
    const info = await readFile(scratch.at('移交/bag-info.txt'), 'utf8')
    expect(info).toMatch(/^Bagging-Date: \d{4}-\d\d-\d\d$/m)
    expect(info).toContain(`\nPayload-Oxum: ${octets}.2\n`)
    expect(info).toContain(`\nGuicang-Signer: ${signer.name}\nGuicang-Signer-Key: ${signer.fingerprint}\n`)

    expect(await readdir(scratch.dir)).toEqual(['移交'])
    expect((await stat(scratch.at('移交'))).mode & 0o777).toBe(0o700)
    const verdict = await verifyBag(scratch.at('移交'))
    expect(verdict.errors).toEqual([])
    expect(verdict).toMatchObject({ valid: true, trust: 'unanchored' })
    expect(verdict.warnings.map(({ code }) => code)).toEqual(['signature.unanchored'])
    const known = { trustedKeys: [{ name: signer.name, verifyKeyPem: signer.pem }] }
    expect(await verifyBag(scratch.at('移交'), known)).toEqual({
      valid: true,
      errors: [],
      warnings: [],
      trust: 'anchored',
    })
    const other = { trustedKeys: [{ name: 'x', verifyKeyPem: makeSigner().pem }] }
    expect((await verifyBag(scratch.at('移交'), other)).trust).toBe('unanchored')
  })

  it('is checked by the commands in its own signature/README.txt', async (context) => {
    if (spawnSync('openssl', ['version']).error || spawnSync('sha256sum', ['--version']).error) {
      console.warn('skipped: openssl or sha256sum is not on this machine')
      context.skip()
      return
    }
    const signer = makeSigner()
    await makeSampleBag(scratch.at('bag'), signer)
    const readme = await readFile(scratch.at('bag/signature/README.txt'), 'utf8')
    const commands = readme.split('\n').filter((line) => line.startsWith('    '))
    expect(commands).toHaveLength(8)
    const run = (): (number | null)[] =>
      commands.map((line) => spawnSync('sh', ['-c', line], { cwd: scratch.at('bag') }).status)
    expect(run()).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    const fingerprint = spawnSync('sh', ['-c', commands[7] ?? ''], {
      cwd: scratch.at('bag'),
      encoding: 'utf8',
    })
    expect(fingerprint.stdout.trim()).toBe(signer.fingerprint.replaceAll(' ', ''))

    const path = scratch.at('bag/tagmanifest-sha256.txt')
    await writeFile(path, (await readFile(path, 'utf8')).replace('bagit', 'bagis'))
    expect(run()[0]).not.toBe(0)
  })

  it('takes an empty folder for its place, and nothing else', async () => {
    await mkdir(scratch.at('empty'))
    expect((await makeSampleBag(scratch.at('empty'), makeSigner())).files).toHaveLength(2)
    await expect(beginBag(scratch.at('empty'))).rejects.toMatchObject({ code: 'file.exists' })
    await writeFile(scratch.at('file'), '')
    await expect(beginBag(scratch.at('file'))).rejects.toMatchObject({ code: 'file.exists' })
    await symlink(scratch.at('nowhere'), scratch.at('link'))
    await expect(beginBag(scratch.at('link'))).rejects.toMatchObject({ code: 'file.exists' })
    await expect(beginBag(scratch.at('no/such'))).rejects.toMatchObject({ code: 'file.notFound' })
    expect((await readdir(scratch.dir)).toSorted()).toEqual(['empty', 'file', 'link'])
  })

  it('gives way when the name is taken while it was being made', async () => {
    const draft = await beginBag(scratch.at('bag'))
    await writeFile(draft.payloadPath('附件/说明.txt'), 'x')
    await writeFile(draft.payloadPath('customers.csv'), 'guicang_id\r\n')
    await mkdir(scratch.at('bag'))
    await writeFile(scratch.at('bag/mine'), 'mine')
    await expect(draft.finish(finishOf(makeSigner(), 0))).rejects.toMatchObject({ code: 'file.exists' })
    expect(await filesIn(scratch.dir)).toEqual(['bag/mine'])
  })

  it('is private and unnamed until it is finished; abort removes it', async () => {
    const draft = await beginBag(scratch.at('bag'))
    await writeFile(draft.payloadPath('a/b.txt'), 'x')
    const [name = ''] = await readdir(scratch.dir)
    expect(name).toMatch(/^\.bag\.partial-\d+-[0-9a-f]{12}$/)
    expect((await stat(scratch.at(name))).mode & 0o777).toBe(0o700)
    await draft.abort()
    await draft.abort()
    expect(await readdir(scratch.dir)).toEqual([])
    expect(() => draft.payloadPath('c.txt')).toThrow('internal')
    await expect(draft.finish(finishOf(makeSigner()))).rejects.toMatchObject({ code: 'internal' })
  })

  it('encodes nothing but what RFC 8493 says, and folds no value into a second label', async () => {
    const draft = await beginBag(scratch.at('bag'))
    const signer = makeSigner()
    const note = 'first\nPayload-Oxum: 0.0\r\n second'
    const info = {
      'External-Description': note,
      'payload-oxum': '9.9',
      'Bag-Software-Agent': 'Guicang 1.2.3',
    }
    await draft.finish({ ...finishOf(signer), expected: [], info })
    const text = await readFile(scratch.at('bag/bag-info.txt'), 'utf8')
    expect(text).toContain('External-Description: first Payload-Oxum: 0.0 second\n')
    expect(text).toContain('Bag-Software-Agent: Guicang 1.2.3\n')
    expect(text.match(/^Payload-Oxum: .*$/gim)).toEqual(['Payload-Oxum: 0.0'])
    expect((await verifyBag(scratch.at('bag'))).errors).toEqual([])
  })
})

describe('what stops a bag from being finished, and leaves nothing', () => {
  const cases: [string, string, (finish: ReturnType<typeof finishOf>) => ReturnType<typeof finishOf>][] = [
    [
      'a row too few',
      'export.countMismatch',
      (f) => ({ ...f, expected: [{ path: 'customers.csv', rows: 4 }] }),
    ],
    ['a file too many', 'export.countMismatch', (f) => ({ ...f, expected: [] })],
    [
      'a file too few',
      'export.countMismatch',
      (f) => ({ ...f, expected: [{ path: 'customers.csv', rows: 2 }, { path: 'complaints.csv' }] }),
    ],
    [
      'rows of no table',
      'input.invalid',
      (f) => ({ ...f, expected: [{ path: 'customers.csv', rows: 2 }], info: { 'a b': '' } }),
    ],
    [
      'a tag file in the place of ours',
      'input.invalid',
      (f) => ({ ...f, tagFiles: { 'manifest-sha256.txt': '' } }),
    ],
    ['a tag file in the payload', 'input.invalid', (f) => ({ ...f, tagFiles: { 'data/x': '' } })],
    ['a tag file outside', 'input.invalid', (f) => ({ ...f, tagFiles: { '../x': '' } })],
    ['a signature of another key', 'internal', (f) => ({ ...f, sign: makeSigner().sign })],
    ['another fingerprint', 'internal', (f) => ({ ...f, signer: { name: 'x', fingerprint: 'ab' } })],
    ['a cancelled job', 'job.cancelled', (f) => ({ ...f, signal: AbortSignal.abort() })],
  ]
  it.each(cases)('%s → %s', async (_, code, change) => {
    const draft = await beginBag(scratch.at('bag'))
    await writeFile(draft.payloadPath('customers.csv'), '\uFEFFguicang_id,name\r\n1,"a\r\nb"\r\n2,c\r\n')
    const finish = { ...finishOf(makeSigner()), expected: [{ path: 'customers.csv', rows: 2 }] }
    await expect(draft.finish(change(finish))).rejects.toMatchObject({ code })
    expect(await readdir(scratch.dir)).toEqual([])
  })

  it('a table with a torn row', async () => {
    const draft = await beginBag(scratch.at('bag'))
    await writeFile(draft.payloadPath('customers.csv'), 'guicang_id,name\r\n1,a\r\n2')
    const finish = { ...finishOf(makeSigner()), expected: [{ path: 'customers.csv', rows: 2 }] }
    await expect(draft.finish(finish)).rejects.toMatchObject({ code: 'export.countMismatch' })
  })
})

describe('payload names', () => {
  it('come out in NFC, with their folders', async () => {
    const draft = await beginBag(scratch.at('bag'))
    const path = draft.payloadPath('caf\u0065\u0301/附件.txt')
    expect(path.endsWith('/data/caf\u00e9/附件.txt')).toBe(true)
    await writeFile(path, '')
    expect(draft.payloadPath('café/附件.txt'.normalize('NFD'))).toBe(path)
    await draft.abort()
  })

  const refused: [string, string][] = [
    ['', 'empty'],
    ['a//b', 'empty'],
    ['a/', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['\\\\host\\share', 'absolute'],
    ['C:x', 'absolute'],
    ['..', 'traversal'],
    ['a/../../b', 'traversal'],
    ['./a', 'traversal'],
    ['a\\..\\b', 'character'],
    ['a%0Ab', 'character'],
    ['ab:c', 'character'],
    ['a\nb', 'control'],
    ['a\0b', 'control'],
    ['a\u202egpj.exe', 'control'],
    ['\ud800', 'control'],
    ['NUL', 'reserved'],
    ['com1.txt', 'reserved'],
    ['a. ', 'reserved'],
    ['名'.repeat(90), 'length'],
  ]
  it.each(refused)('%j is refused: %s', async (path, rule) => {
    const draft = await beginBag(scratch.at('bag'))
    expect(() => draft.payloadPath(path)).toThrow(
      expect.objectContaining({ code: 'input.invalid', fields: [{ field: 'path', rule }] }),
    )
    await draft.abort()
  })

  it('that differ only in case are refused', async () => {
    const draft = await beginBag(scratch.at('bag'))
    draft.payloadPath('A.csv')
    expect(() => draft.payloadPath('a.csv')).toThrow(
      expect.objectContaining({ fields: [{ field: 'path', rule: 'collision' }] }),
    )
    await draft.abort()
  })
})
