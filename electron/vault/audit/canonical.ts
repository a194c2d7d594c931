// Canonical bytes and their digest: what the log's leaves, the digest of vault.json and row digests are computed over.
import { createHash } from 'node:crypto'
import serialise from 'canonicalize'
import { GuicangError } from '../../../shared/errors.ts'

/**
 * RFC 8785 (JCS) text of a JSON value. The serialiser itself follows JSON.stringify and silently drops what JSON
 * can't say; a digest over something dropped proves nothing, so that is refused here.
 *
 * @throws GuicangError `input.invalid` (rule `surrogate`) for a string with a lone surrogate, `internal` for
 * undefined, NaN, Infinity, bigint, functions, symbols, sparse arrays, cycles and objects that aren't plain.
 */
export function canonicalJson(value: unknown): string {
  requireJsonValue(value)
  const text = serialiseOrRefuse(value)
  if (text === undefined) throw notJson('type')
  return text
}

/** SHA-256 in 64 lower-case hex digits; a string is taken as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function serialiseOrRefuse(value: unknown): string | undefined {
  try {
    return serialise(value)
  } catch {
    // All that requireJsonValue lets through and the serialiser still refuses is a cycle.
    throw notJson('cycle')
  }
}

// A list of pending values instead of recursion: depth can't overflow the stack. A container is looked at once, so a
// cycle ends here and is refused by the serialiser.
function requireJsonValue(root: unknown): void {
  const pending: unknown[] = [root]
  const seen = new Set<object>()
  while (pending.length > 0) {
    const value = pending.pop()
    if (value === null || typeof value === 'boolean') continue
    if (typeof value === 'string') requireWellFormed(value)
    else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw notJson('number')
    } else if (typeof value === 'object') {
      if (seen.has(value)) continue
      seen.add(value)
      pushMembers(value, pending)
    } else throw notJson('type')
  }
}

function pushMembers(container: object, pending: unknown[]): void {
  if (Array.isArray(container)) {
    // Spreading reads the holes of a sparse array as undefined, which is then refused.
    for (const item of container) pending.push(item)
    return
  }
  if (!isPlain(container)) throw notJson('type')
  for (const [key, member] of Object.entries(container)) {
    requireWellFormed(key)
    pending.push(member)
  }
}

// Plain: no prototype, or one that is the end of its chain, which Object.prototype is in every realm.
function isPlain(container: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(container)
  const ends = prototype === null || Object.getPrototypeOf(prototype) === null
  return ends && !('toJSON' in container)
}

function requireWellFormed(text: string): void {
  if (!text.isWellFormed()) {
    throw new GuicangError('input.invalid', { fields: [{ field: 'json', rule: 'surrogate' }] })
  }
}

function notJson(rule: string): GuicangError {
  return new GuicangError('internal', { fields: [{ field: 'json', rule }] })
}
