// Where a mistyped recovery code is wrong. bech32 (BIP 173) is a BCH code of distance 5 up to 89 characters: one or two
// wrong characters have exactly one explanation. The checksums computed here only search; each find is confirmed, and
// every code accepted, by @scure/base, and nothing found here is ever used as a key.
import { bech32 } from '@scure/base'

export const bech32Alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** Characters after `AGE-SECRET-KEY-1`: 52 of data, 6 of checksum. */
export const dataLength = 58

const humanReadablePart = 'age-secret-key-'
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

interface SymbolError {
  at: number
  /** Difference (exclusive or) of the 5-bit symbols. */
  difference: number
}

/** Whether these characters (lower case) after the prefix are an age identity: bech32's verdict, and 32 bytes. */
export function isIdentityData(data: string): boolean {
  if (data.length !== dataLength) return false
  const decoded = bech32.decodeUnsafe(`${humanReadablePart}1${data}`)
  return decoded !== undefined && bech32.fromWordsUnsafe(decoded.words)?.length === 32
}

/** Positions (0-based) of one or two wrong characters, transposed ones included; empty when it is neither. */
export function locateWrong(data: string): number[] {
  const wanted = syndrome(data)
  for (const [first, error] of errorsBySyndrome) {
    if (first === wanted && isIdentityData(corrected(data, [error]))) return [error.at]
  }
  for (const [first, error] of errorsBySyndrome) {
    const other = errorsBySyndrome.get(first ^ wanted)
    if (other !== undefined && other.at > error.at && isIdentityData(corrected(data, [error, other]))) {
      return [error.at, other.at]
    }
  }
  return []
}

/** Positions in the whole code at which one missing character may stand; several in a run of equal ones. */
export function locateMissing(data: string): number[] {
  return positions(dataLength).filter((at) => {
    const filled = `${data.slice(0, at)}${symbol(0)}${data.slice(at)}`
    if (isIdentityData(filled)) return true
    const error = errorsBySyndrome.get(syndrome(filled))
    return error?.at === at && isIdentityData(corrected(filled, [error]))
  })
}

/** Positions in what was typed of one character too many; several in a run of equal ones. */
export function locateExtra(data: string): number[] {
  return positions(dataLength + 1).filter((at) => isIdentityData(data.slice(0, at) + data.slice(at + 1)))
}

function corrected(data: string, errors: SymbolError[]): string {
  const characters = [...data]
  for (const { at, difference } of errors) {
    characters[at] = symbol(bech32Alphabet.indexOf(data.charAt(at)) ^ difference)
  }
  return characters.join('')
}

// BIP 173's polymod, one step.
function step(state: number, value: number): number {
  const top = state >>> 25
  let next = ((state & 0x1ffffff) << 5) ^ value
  for (const [bit, term] of generator.entries()) {
    if (((top >>> bit) & 1) === 1) next ^= term
  }
  return next
}

// Zero for a valid code. The polymod is linear over exclusive or: an error's share depends on its place and its
// difference alone, so two errors are found by looking up what one leaves over.
function syndrome(data: string): number {
  let state = 1
  for (const character of humanReadablePart) state = step(state, character.charCodeAt(0) >>> 5)
  state = step(state, 0)
  for (const character of humanReadablePart) state = step(state, character.charCodeAt(0) & 31)
  for (const character of data) state = step(state, bech32Alphabet.indexOf(character))
  return state ^ 1
}

const errorsBySyndrome: ReadonlyMap<number, SymbolError> = new Map(
  positions(dataLength).flatMap((at) =>
    positions(31).map((index): [number, SymbolError] => {
      const difference = index + 1
      let share = difference
      for (let after = at + 1; after < dataLength; after += 1) share = step(share, 0)
      return [share, { at, difference }]
    }),
  ),
)

function symbol(value: number): string {
  return bech32Alphabet.charAt(value)
}

function positions(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
