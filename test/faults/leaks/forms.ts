// Every way in which a clear value may have been written down: other letters and separators, other encodings.
export type ValueKind = 'name' | 'number' | 'email' | 'address' | 'date' | 'text'

export interface ClearValue {
  kind: ValueKind
  value: string
}

export interface Needle {
  bytes: Buffer
  clear: ClearValue
}

/** Below this many bytes a pattern turns up in random bytes by chance. */
const leastBytes = 6
/** A long text is known by a stretch of it; its encodings need not be searched whole. */
const longestText = 48

/**
 * The value as it stands, and in the other letters and separators in which a person or a program writes it. Without
 * duplicates.
 */
export function writtenForms({ kind, value }: ClearValue): string[] {
  const text = value.trim()
  const forms = new Set([text, text.normalize('NFKC')])
  if (kind === 'number') {
    const digits = text.normalize('NFKC').replaceAll(/[^0-9A-Za-z]/gu, '')
    for (const form of [
      digits,
      digits.toLowerCase(),
      digits.toUpperCase(),
      [...digits].toReversed().join(''),
      fullWidth(digits),
      ...grouped(digits).flatMap((groups) => [groups.join(' '), groups.join('-')]),
    ])
      forms.add(form)
  }
  if (kind === 'name' || kind === 'email') {
    for (const form of [text.toLowerCase(), text.toUpperCase(), text.replaceAll(/\s+/gu, '')]) forms.add(form)
    if (/^[\x20-\x7e]+$/u.test(text)) forms.add(fullWidth(text))
  }
  if (kind === 'date') {
    const [year = '', month = '', day = ''] = text.match(/\d+/gu) ?? []
    if (year.length === 4 && day !== '') {
      const [mm, dd] = [month.padStart(2, '0'), day.padStart(2, '0')]
      for (const form of [
        `${year}-${mm}-${dd}`,
        `${year}/${mm}/${dd}`,
        `${year}.${mm}.${dd}`,
        `${year}${mm}${dd}`,
        `${year}年${Number(month)}月${Number(day)}日`,
      ])
        forms.add(form)
    }
  }
  return [...forms].filter((form) => form !== '').map((form) => [...form].slice(0, longestText).join(''))
}

/** How people set a number of this length apart. */
function grouped(digits: string): string[][] {
  const cut = (...lengths: number[]): string[] => {
    let start = 0
    const groups = lengths.map((length) => digits.slice(start, (start += length)))
    return [...groups, digits.slice(start)].filter((group) => group !== '')
  }
  if (digits.length === 11) return [cut(3, 4, 4)]
  if (digits.length === 18) return [cut(6, 8, 4)]
  if (digits.length >= 15) return [cut(4, 4, 4, 4, 4)]
  return []
}

function fullWidth(text: string): string {
  return text.replaceAll(/[!-~]/gu, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
}

/** The byte patterns of a value: each written form in each encoding that has at least six bytes. */
export function patternsOf(clear: ClearValue): Needle[] {
  return writtenForms(clear).flatMap((form) =>
    encoded(form)
      .filter((bytes) => bytes.length >= leastBytes)
      .map((bytes) => ({ bytes, clear })),
  )
}

function encoded(form: string): Buffer[] {
  const utf8 = Buffer.from(form, 'utf8')
  const inJson = Buffer.from(JSON.stringify(form).slice(1, -1))
  const all = [utf8, Buffer.from(form, 'utf16le'), ...base64(utf8), inJson]
  if (/[^\x00-\x7f]/u.test(form)) {
    const gb = gb18030(form)
    if (gb !== undefined) all.push(gb)
    const escaped = [...unitsOf(form)]
    const lower = Buffer.from(escaped.join(''))
    const upper = Buffer.from(
      escaped.map((unit) => `${unit.slice(0, 2)}${unit.slice(2).toUpperCase()}`).join(''),
    )
    all.push(lower, upper, Buffer.from(encodeURIComponent(form)))
  }
  return all
}

function* unitsOf(form: string): Generator<string> {
  for (let at = 0; at < form.length; at += 1) {
    const unit = form.charCodeAt(at)
    yield unit < 0x80 ? form.charAt(at) : `\\u${unit.toString(16).padStart(4, '0')}`
  }
}

/** Base64 as it comes out at each of the three offsets, without the characters that a neighbour decides. */
function base64(bytes: Buffer): Buffer[] {
  // Four characters for three bytes: a short value leaves too few that are its own.
  if (bytes.length < 9) return []
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const first = Math.ceil((offset * 8) / 6)
    const last = Math.floor(((offset + bytes.length) * 8) / 6)
    return Buffer.from(text.slice(first, last))
  })
}

let table: Map<string, Buffer> | undefined

/** GB18030, for which Node has a decoder only: its two-byte area turned round. Undefined where a character isn't in it. */
function gb18030(form: string): Buffer | undefined {
  table ??= gbTable()
  const parts: Buffer[] = []
  for (const character of form) {
    const bytes = character < '\u0080' ? Buffer.from(character) : table.get(character)
    if (bytes === undefined) return undefined
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function gbTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030')
  const made = new Map<string, Buffer>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const bytes = Buffer.from([lead, trail])
      made.set(decoder.decode(bytes), bytes)
    }
  }
  return made
}
