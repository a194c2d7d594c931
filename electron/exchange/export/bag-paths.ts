// Names of files in a bag: what we write must survive every file system and validator, what we read may be hostile.
import { GuicangError } from '../../../shared/errors.ts'

// Windows' reserved characters, and the percent sign: RFC 8493 has it encoded in manifests, older validators don't decode it.
const unportable = /[<>:"|?*\\%]/
const windowsDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
// C0, DEL, C1, and what turns the reading direction round or can't be seen.
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/
const maxSegmentBytes = 200

/**
 * Checks a relative path that we are about to give to a file in a bag and returns it in Unicode NFC, with `/` between parts.
 * Refused with `input.invalid`, rule in one word: `empty`, `absolute`, `traversal`, `control`, `character`, `reserved`,
 * `length`. The rules are those of the strictest file system among Linux, macOS, Windows and a FAT stick.
 */
export function portablePath(relative: string): string {
  const path = relative.normalize('NFC')
  const refuse = (rule: string): never => {
    throw new GuicangError('input.invalid', { fields: [{ field: 'path', rule }] })
  }
  if (path === '') refuse('empty')
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path)) refuse('absolute')
  if (!path.isWellFormed() || invisible.test(path)) refuse('control')
  for (const segment of path.split('/')) {
    if (segment === '') refuse('empty')
    if (segment === '.' || segment === '..') refuse('traversal')
    if (unportable.test(segment)) refuse('character')
    if (windowsDevice.test(segment) || /[. ]$/.test(segment) || segment.startsWith(' ')) refuse('reserved')
    if (Buffer.byteLength(segment) > maxSegmentBytes) refuse('length')
  }
  return path
}

/** A path as a manifest line spells it: LF, CR and % percent-encoded, and only those (RFC 8493, section 2.1.3). */
export function encodeManifestPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D')
}

/** Undoes encodeManifestPath. Other percent signs stay as they are: older tools didn't encode them. */
export function decodeManifestPath(path: string): string {
  return path.replaceAll(/%(0A|0D|25)/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
}

/** Whether a path out of a manifest stays inside the bag, whatever system reads it. */
export function staysInside(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.startsWith('\\') || path.startsWith('~')) return false
  if (/^[A-Za-z]:/.test(path) || path.includes('\0')) return false
  return path.split(/[/\\]/).every((segment) => segment !== '..' && segment !== '.' && segment !== '')
}

/** A foreign name made safe to show: control and direction characters become `\u{…}`, long names are cut. */
export function printableName(name: string): string {
  const escaped = Array.from(name, (char) => {
    const code = char.codePointAt(0) ?? 0
    const lone = code >= 0xd800 && code <= 0xdfff
    return lone || invisible.test(char) ? `\\u{${code.toString(16)}}` : char
  })
  return escaped.length > 300 ? `${escaped.slice(0, 300).join('')}…` : escaped.join('')
}
