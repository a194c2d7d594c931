import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staticFiles } from '../../../electron/shell/security/static-files.ts'

const origin = 'https://guicang.invalid'
let top: string
let serve: ReturnType<typeof staticFiles>

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'guicang-static-'))
  const root = join(top, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(
    join(root, 'index.html'),
    '<html><head><meta nonce="__CSP_NONCE__"></head><script nonce="__CSP_NONCE__" src="./a.js"></script></html>',
  )
  writeFileSync(join(root, 'assets', 'a.js'), '1')
  writeFileSync(join(root, 'assets', 'a.js.map'), '{}')
  writeFileSync(join(root, '.hidden.js'), '1')
  writeFileSync(join(top, 'outside.js'), 'secret')
  symlinkSync(join(top, 'outside.js'), join(root, 'link.js'))
  serve = staticFiles(root, origin)
})

afterAll(() => {
  rmSync(top, { recursive: true })
})

describe('built files for the window', () => {
  test('a file of the folder is answered with its type, uncached and unsniffed', async () => {
    const answer = await serve('GET', `${origin}/assets/a.js`)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe('1')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('each document has a nonce of its own, in its policy and wherever it is asked for', async () => {
    const nonceOf = async (): Promise<string> => {
      const { headers, body } = await serve('GET', `${origin}/`)
      const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? ''
      expect(body.toString().split(`nonce="${nonce}"`)).toHaveLength(4)
      expect(body.toString()).not.toContain('__CSP_NONCE__')
      return nonce
    }
    const first = await nonceOf()
    expect(Buffer.from(first, 'base64')).toHaveLength(18)
    expect(await nonceOf()).not.toBe(first)
  })

  test.each([
    ['a parent folder', `${origin}/../outside.js`],
    ['an escaped parent folder', `${origin}/%2e%2e/outside.js`],
    ['an escaped slash', `${origin}/..%2foutside.js`],
    ['a backslash', `${origin}/..%5coutside.js`],
    ['a NUL', `${origin}/assets/a.js%00.css`],
    ['a drive letter', `${origin}/c:/a.js`],
    ['an empty part', `${origin}//assets/a.js`],
    ['a broken escape', `${origin}/%zz.js`],
    ['a parent folder escaped twice', `${origin}/%252e%252e/outside.js`],
    ['an overlong escape of a dot', `${origin}/%c0%ae%c0%ae/outside.js`],
    ['dots of full width', `${origin}/．．/outside.js`],
    ['a dot and a tab', `${origin}/.\t./outside.js`],
    ['a parent folder behind a query', `${origin}/assets/a.js/../../../outside.js`],
    ['an absolute path', `${origin}//etc/passwd.js`],
    ['a share', `${origin}/\\\\192.0.2.1\\share.js`],
    ['a stream of Windows', `${origin}/assets/a.js::$DATA`],
    ['a device of Windows behind a colon', `${origin}/con:.js`],
    ['an address with a name in it', `${origin}@example.com/assets/a.js`],
    ['an address with a port', `${origin}:8443/assets/a.js`],
    ['an address with a dot at its end', `${origin}./assets/a.js`],
    ['an address in capitals', `${origin.toUpperCase()}/assets/a.js`],
    ['a view of the source', `view-source:${origin}/assets/a.js`],
    ['a blob', `blob:${origin}/assets/a.js`],
    ['a very long path', `${origin}/${'a/'.repeat(50_000)}a.js`],
    ['a hidden file', `${origin}/.hidden.js`],
    ['a link out of the folder', `${origin}/link.js`],
    ['a kind that is not served', `${origin}/assets/a.js.map`],
    ['a folder', `${origin}/assets`],
    ['a missing file', `${origin}/assets/b.js`],
    ['another origin', 'https://example.com/assets/a.js'],
    ['an origin that only starts like ours', `${origin}.example.com/assets/a.js`],
  ])('%s is refused', async (_name, url) => {
    const answer = await serve('GET', url)
    expect([400, 404]).toContain(answer.status)
    expect(answer.body).toHaveLength(0)
  })

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await serve(method, `${origin}/`)).status).toBe(405)
  })
})
