// A text as the recognisers read it (half width, one kind of dash, nothing invisible), with the way back to the source.

export interface TextView {
  source: string
  /** Normalised text. */
  norm: string
  /** Per UTF-16 unit of `norm`: code point offset in the source. One more entry than units. */
  codePoint: Uint32Array
  /** Per UTF-16 unit of `norm`: UTF-16 offset in the source. One more entry than units. */
  unit: Uint32Array
}

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cc}]$/u
const dash = /^[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]$/u

/** Builds the view in one pass. A character whose normal form is several characters stays as it is, so that offsets are exact. */
export function viewOf(source: string): TextView {
  const codePoint = new Uint32Array(source.length + 1)
  const unit = new Uint32Array(source.length + 1)
  const parts: string[] = []
  let length = 0
  let point = 0
  let copied = 0
  for (let offset = 0; offset < source.length; point += 1) {
    if (isPlain(source.charCodeAt(offset))) {
      codePoint[length] = point
      unit[length] = offset
      length += 1
      offset += 1
      continue
    }
    const character = String.fromCodePoint(source.codePointAt(offset) ?? 0)
    const shown = normalised(character)
    for (let index = 0; index < shown.length; index += 1) {
      codePoint[length + index] = point
      unit[length + index] = offset
    }
    // What needed no change is copied in stretches.
    parts.push(source.slice(copied, offset), shown)
    length += shown.length
    offset += character.length
    copied = offset
  }
  parts.push(source.slice(copied))
  codePoint[length] = point
  unit[length] = source.length
  return { source, norm: parts.join(''), codePoint, unit }
}

/** ASCII that can be seen, white space, and the Han characters of the basic block. */
function isPlain(code: number): boolean {
  return (
    (code >= 0x20 && code < 0x7f) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    code === 0x0a ||
    code === 0x0d ||
    code === 0x09
  )
}

function normalised(character: string): string {
  if (invisible.test(character)) return ''
  if (dash.test(character)) return '-'
  const folded = character.normalize('NFKC')
  // Never more units than the source had: the offset tables are as long as the source.
  return folded.length <= character.length && [...folded].length === 1 ? folded : character
}

/** Where a stretch of `norm` stands in the source: code points for callers, UTF-16 units for slicing; both ends exclusive of what is invisible. */
export function sourceRange(
  view: TextView,
  from: number,
  to: number,
): { start: number; end: number; unitStart: number; unitEnd: number } {
  // The last unit of the stretch decides, not the unit after it, so that invisible characters behind the value stay outside.
  const last = Math.max(from, to - 1)
  const unitLast = view.unit[last] ?? 0
  const character = String.fromCodePoint(view.source.codePointAt(unitLast) ?? 0x20)
  return {
    start: view.codePoint[from] ?? 0,
    end: (view.codePoint[last] ?? 0) + 1,
    unitStart: view.unit[from] ?? 0,
    unitEnd: unitLast + character.length,
  }
}
