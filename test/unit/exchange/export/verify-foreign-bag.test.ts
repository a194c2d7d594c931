import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyBag, type BagVerdict } from '../../../../electron/exchange/export/verify-bag.ts'
import { scratchFolder } from './sample-bag.ts'

let scratch: Awaited<ReturnType<typeof scratchFolder>>
beforeEach(async () => {
  scratch = await scratchFolder()
})
afterEach(() => scratch.remove())

const errorsOf = (verdict: BagVerdict): string[] => verdict.errors.map(({ code }) => code)
const warningsOf = (verdict: BagVerdict): string[] => verdict.warnings.map(({ code }) => code)
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')

interface Foreign {
  declaration?: string
  payload?: Record<string, string>
  /** Manifest name to text; by default a correct manifest-sha256.txt. */
  manifests?: Record<string, string>
  tags?: Record<string, string>
}

// A bag as another tool would write it: no signature, and whatever the case at hand wants wrong.
async function foreignBag(bag: Foreign = {}): Promise<string> {
  const payload = bag.payload ?? { 'data/a.txt': 'hello' }
  const sums = Object.entries(payload).map(([path, text]) => `${hash('sha256', text)}  ${path}\n`)
  const files: Record<string, string> = {
    'bagit.txt': bag.declaration ?? 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    ...payload,
    ...(bag.manifests ?? { 'manifest-sha256.txt': sums.join('') }),
    ...bag.tags,
  }
  const root = scratch.at('foreign')
  await mkdir(join(root, 'data'), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const sum = hash('sha256', 'hello')

describe('a foreign bag', () => {
  it('without signature can be valid', async () => {
    expect(await verifyBag(await foreignBag())).toEqual({
      valid: true,
      errors: [],
      warnings: [],
      trust: 'unsigned',
    })
  })

  const named = (path: string, digest = sum): Foreign => ({
    manifests: { 'manifest-sha256.txt': `${sum}  data/a.txt\n${digest}  ${path}\n` },
  })
  const wrong: [string, Foreign, string[]][] = [
    ['no manifest', { manifests: {} }, ['manifest.missing']],
    [
      'an unknown algorithm only',
      { manifests: { 'manifest-foo.txt': 'ab  data/a.txt\n' } },
      ['manifest.noneUsable'],
    ],
    [
      'another version',
      { declaration: 'BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n' },
      ['declaration.version'],
    ],
    ['a strange declaration', { declaration: 'hello\n' }, ['declaration.malformed']],
    [
      'a byte order mark in the declaration',
      { declaration: '\uFEFFBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' },
      ['declaration.malformed'],
    ],
    [
      'an unknown encoding',
      { declaration: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON\n' },
      ['declaration.encoding'],
    ],
    ['a missing file', named('data/b.txt'), ['payload.missing']],
    [
      'an unlisted file',
      { payload: { 'data/a.txt': 'hello', 'data/b.txt': '' }, ...named('data/a.txt') },
      ['payload.unlisted'],
    ],
    [
      'a file in one of two manifests',
      { manifests: { 'manifest-sha256.txt': `${sum}  data/a.txt\n`, 'manifest-sha512.txt': '' } },
      ['payload.unlisted'],
    ],
    [
      'a wrong checksum',
      { manifests: { 'manifest-sha256.txt': `${hash('sha256', 'x')}  data/a.txt\n` } },
      ['checksum.mismatch'],
    ],
    [
      'a wrong checksum in the second algorithm',
      {
        manifests: {
          'manifest-sha256.txt': `${sum}  data/a.txt\n`,
          'manifest-md5.txt': `${hash('md5', 'x')}  data/a.txt\n`,
        },
      },
      ['checksum.mismatch'],
    ],
    ['two digests for one file', named('data/a.txt', hash('sha256', 'x')), ['checksum.mismatch']],
    [
      'a short digest',
      { manifests: { 'manifest-sha256.txt': `${sum}  data/a.txt\n${sum.slice(2)}  data/a.txt\n` } },
      ['manifest.malformedLine'],
    ],
    [
      'a line without a path',
      { manifests: { 'manifest-sha256.txt': `${sum}  data/a.txt\n${sum}\n` } },
      ['manifest.malformedLine'],
    ],
    ['a path out of the bag', named('data/../../x'), ['manifest.unsafePath']],
    ['an encoded line end does not hide a way out', named('../%0A'), ['manifest.unsafePath']],
    ['an absolute path', named('/etc/passwd'), ['manifest.unsafePath']],
    ['a Windows path', named('C:\\x'), ['manifest.unsafePath']],
    ['a backslash way out', named('data\\..\\..\\x'), ['manifest.unsafePath']],
    ['a home path', named('~/x'), ['manifest.unsafePath']],
    ['a tag file in a payload manifest', named('bagit.txt'), ['manifest.wrongKind']],
    [
      'a wrong tag manifest',
      { tags: { 'tagmanifest-sha256.txt': `${sum}  bagit.txt\n` } },
      ['checksum.mismatch'],
    ],
    ['a missing tag file', { tags: { 'tagmanifest-sha256.txt': `${sum}  bag-info.txt\n` } }, ['tag.missing']],
    ['a wrong Payload-Oxum', { tags: { 'bag-info.txt': 'Payload-Oxum: 6.1\n' } }, ['oxum.mismatch']],
    ['a strange Payload-Oxum', { tags: { 'bag-info.txt': 'Payload-Oxum: many\n' } }, ['oxum.malformed']],
    ['a strange bag-info', { tags: { 'bag-info.txt': 'hello\n' } }, ['bagInfo.malformed']],
    [
      'a signer without signature',
      { tags: { 'bag-info.txt': 'Guicang-Signer: x\n' } },
      ['signature.missing'],
    ],
    [
      'text that is not UTF-8',
      {
        declaration: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: US-ASCII\n',
        tags: { 'bag-info.txt': 'a: b\n' },
      },
      [],
    ],
  ]
  it.each(wrong)('with %s', async (_, bag, codes) => {
    const verdict = await verifyBag(await foreignBag(bag))
    expect(errorsOf(verdict)).toEqual(codes)
    expect(verdict.valid).toBe(codes.length === 0)
  })

  const odd: [string, Foreign, string[]][] = [
    ['upper-case hex', { manifests: { 'manifest-sha256.txt': `${sum.toUpperCase()}  data/a.txt\n` } }, []],
    [
      'a tab, CRLF, and folded bag-info',
      {
        manifests: { 'manifest-sha256.txt': `${sum}\tdata/a.txt\r\n` },
        tags: { 'bag-info.txt': 'A: b\r\n  c\r\nPayload-Oxum: 5.1\r\n' },
      },
      [],
    ],
    [
      'an older version',
      { declaration: 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' },
      ['declaration.olderVersion'],
    ],
    [
      'a weak algorithm',
      { manifests: { 'manifest-md5.txt': `${hash('md5', 'hello')}  data/a.txt\n` } },
      ['manifest.algorithmWeak'],
    ],
    ['a line twice', named('data/a.txt'), ['manifest.duplicate']],
    ['md5sum’s star', { manifests: { 'manifest-sha256.txt': `${sum} *data/a.txt\n` } }, ['manifest.prefix']],
    ['fetch.txt', { tags: { 'fetch.txt': 'http://example.invalid/a 5 data/a.txt\n' } }, ['fetch.ignored']],
    [
      'a name in the other Unicode form',
      { payload: { 'data/e\u0301': 'hello' }, manifests: { 'manifest-sha256.txt': `${sum}  data/\u00e9\n` } },
      ['name.normalisation'],
    ],
    [
      'encoded CR, LF and %',
      {
        payload: { 'data/a\nb%\r': 'hello' },
        manifests: { 'manifest-sha256.txt': `${sum}  data/a%0ab%25%0D\n` },
      },
      [],
    ],
    [
      'a percent sign left as it is',
      { payload: { 'data/a%25': 'hello' }, manifests: { 'manifest-sha256.txt': `${sum}  data/a%25\n` } },
      ['name.percent'],
    ],
    ['names that differ in case', { payload: { 'data/A': 'x', 'data/a': 'y' } }, ['name.collision']],
    [
      'names that differ in Unicode form',
      { payload: { 'data/e\u0301': 'x', 'data/\u00e9': 'y' } },
      ['name.collision'],
    ],
  ]
  it.each(odd)('with %s is valid', async (_, bag, codes) => {
    const verdict = await verifyBag(await foreignBag(bag))
    expect(verdict.errors).toEqual([])
    expect(warningsOf(verdict)).toEqual(codes)
  })

  it('keeps a hostile name from the terminal', async () => {
    const verdict = await verifyBag(
      await foreignBag({
        payload: { 'data/\u001b[2J\u202ex': 'x' },
        manifests: { 'manifest-sha256.txt': '' },
      }),
    )
    expect(verdict.errors).toMatchObject([{ code: 'payload.unlisted', where: 'data/\\u{1b}[2J\\u{202e}x' }])
  })

  it('with links gets them named, not followed', async () => {
    const root = await foreignBag(named('data/link'))
    await symlink('/etc/hostname', join(root, 'data/link'))
    await symlink('/etc', join(root, 'folder'))
    const verdict = await verifyBag(root)
    expect(
      verdict.errors
        .filter(({ code }) => code === 'file.link')
        .map(({ where }) => where)
        .toSorted(),
    ).toEqual(['data/link', 'folder'])
    expect(errorsOf(verdict)).toContain('payload.missing')
    await rm(join(root, 'bagit.txt'))
    await symlink('/dev/zero', join(root, 'bagit.txt'))
    expect(errorsOf(await verifyBag(root))).toContain('declaration.missing')
  })

  it('with a pipe does not hang', async (context) => {
    const root = await foreignBag()
    if (spawnSync('mkfifo', [join(root, 'data/pipe')]).status !== 0) {
      console.warn('skipped: no mkfifo on this machine')
      context.skip()
      return
    }
    expect(errorsOf(await verifyBag(root))).toEqual(['file.special'])
  })

  it('with a data folder that is a link or missing', async () => {
    const root = await foreignBag()
    await rename(join(root, 'data'), scratch.at('elsewhere'))
    expect(errorsOf(await verifyBag(root))).toEqual(['payload.folderMissing', 'payload.missing'])
    await symlink(scratch.at('elsewhere'), join(root, 'data'))
    expect(errorsOf(await verifyBag(root))).toEqual(['payload.folderMissing', 'file.link', 'payload.missing'])
  })
})

describe('what is no bag', () => {
  it('is refused with its own code', async () => {
    await expect(verifyBag(scratch.at('nowhere'))).rejects.toMatchObject({
      code: 'file.notFound',
      message: 'file.notFound',
    })
    await writeFile(scratch.at('file'), '')
    await expect(verifyBag(scratch.at('file'))).rejects.toMatchObject({ code: 'bag.invalid' })
    await mkdir(scratch.at('folder'))
    await expect(verifyBag(scratch.at('folder'))).rejects.toMatchObject({ code: 'bag.invalid' })
  })

  it('can be cancelled', async () => {
    await expect(verifyBag(await foreignBag(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'job.cancelled',
    })
  })
})
