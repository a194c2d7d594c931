// Answers the window's requests from the built files, and nothing else.
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import {
  commonHeaders,
  contentSecurityPolicy,
  createNonce,
  noncePlaceholder,
  trustedTypesPolicy,
} from './content-policy.ts'

export interface StaticAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Serves one request; `url` is absolute. */
export type StaticFiles = (method: string, url: string) => Promise<StaticAnswer>

/** A kind of file that isn't listed isn't served, so that a stray source map or note in the folder stays there. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/**
 * Serves the folder `root` under `origin` (scheme and host, no slash at the end). `GET` only: 405 for other methods; 400
 * for a path that can't be read as one; 404 for everything outside of the folder, through a link out of it, of an
 * unlisted kind or simply missing: the answer doesn't tell these apart.
 */
export function staticFiles(root: string, origin: string): StaticFiles {
  return async (method, url) => {
    if (method !== 'GET') return refuse(405)
    if (url !== origin && !url.startsWith(`${origin}/`)) return refuse(404)
    const path = relativePath(url.slice(origin.length))
    if (path === undefined) return refuse(400)
    const type = mediaTypes[extname(path).toLowerCase()]
    if (type === undefined) return refuse(404)
    const bytes = await readInside(root, path)
    if (bytes === undefined) return refuse(404)
    if (!type.startsWith('text/html')) {
      return { status: 200, headers: { ...commonHeaders, 'content-type': type }, body: bytes }
    }
    return documentAnswer(bytes.toString('utf8'), type)
  }
}

function documentAnswer(html: string, type: string): StaticAnswer {
  const nonce = createNonce()
  const policy = `<script nonce="${nonce}">${trustedTypesPolicy}</script>`
  const body = html.replaceAll(noncePlaceholder, nonce).replace('<head>', `<head>${policy}`)
  return {
    status: 200,
    headers: {
      ...commonHeaders,
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(nonce),
    },
    body: Buffer.from(body, 'utf8'),
  }
}

/** The path below the root, without query and fragment; undefined when it is no clean path. */
function relativePath(target: string): string | undefined {
  const [encoded = ''] = target.split(/[?#]/, 1)
  let path
  try {
    path = decodeURIComponent(encoded)
  } catch {
    // A broken percent escape: no file of ours has such a name.
    return undefined
  }
  if (path === '' || path === '/') return 'index.html'
  const parts = path.slice(1).split('/')
  const clean = parts.every((part) => part !== '' && !part.startsWith('.') && !/[\\:\0]/.test(part))
  return clean ? parts.join('/') : undefined
}

async function readInside(root: string, path: string): Promise<Buffer | undefined> {
  try {
    const folder = await realpath(root)
    const file = await realpath(join(folder, path))
    return file.startsWith(folder + sep) ? await readFile(file) : undefined
  } catch {
    // Missing, a folder, or unreadable: all the same to a page.
    return undefined
  }
}

function refuse(status: number): StaticAnswer {
  return { status, headers: { ...commonHeaders, 'content-type': 'text/plain' }, body: Buffer.alloc(0) }
}
