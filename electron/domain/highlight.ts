// Where in a text stands what was searched for. Ranges, never markup: the screen draws them.
import { cleanText } from './characters.ts'

export interface MarkedText {
  text: string
  marks: [number, number][]
}

const around = 30
const longest = 120

/** The words of a query as they may stand in a text: runs of letters and digits, lower-cased, the longest first. */
function wordsOf(query: string): string[] {
  const words =
    cleanText(query)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)].toSorted((a, b) => b.length - a.length)
}

/** Marks every place where a word of the query stands, whatever its case. */
export function marked(text: string, query: string): MarkedText {
  const lower = text.toLowerCase()
  // A few letters change their length: then only what stands there as it is typed is found.
  const within = lower.length === text.length ? lower : text
  const hits: [number, number][] = []
  const taken = new Uint8Array(within.length)
  for (const word of wordsOf(query)) {
    for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + word.length)) {
      const end = at + word.length
      // Longer words came first: what they took is left alone, and none of these is longer than that.
      if (taken[at] === 1 || taken[end - 1] === 1) continue
      taken.fill(1, at, end)
      hits.push([at, end])
    }
  }
  return { text, marks: hits.toSorted(([a], [b]) => a - b) }
}

/** The part of a long text around the first mark, at most 120 characters, with its marks. */
export function excerpt(text: string, query: string): MarkedText {
  const whole = marked(text.replaceAll(/\s+/gu, ' ').trim(), query)
  const first = whole.marks[0]?.[0] ?? 0
  const start = boundary(whole.text, whole.text.length <= longest ? 0 : Math.max(0, first - around))
  const end = boundary(whole.text, Math.min(whole.text.length, start + longest))
  const head = start > 0 ? '…' : ''
  const tail = end < whole.text.length ? '…' : ''
  return {
    text: `${head}${whole.text.slice(start, end)}${tail}`,
    marks: whole.marks.flatMap(([from, to]): [number, number][] =>
      from >= start && to <= end ? [[from - start + head.length, to - start + head.length]] : [],
    ),
  }
}

/** Not between the two halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
