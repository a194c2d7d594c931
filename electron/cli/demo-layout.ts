// How the tour looks on a terminal of 100 columns, or fewer.
import { styleText } from 'node:util'
import { human, pad } from './output.ts'

const widest = 100
const indent = '  '

export function terminalWidth(): number {
  return Math.min(widest, Math.max(60, process.stdout.columns ?? widest))
}

/** Columns that a text takes: what `pad` has to add tells it. */
export function columnsOf(text: string): number {
  const room = 1000
  return room - (pad(text, room).length - text.length)
}

/** Breaks a text into lines of at most `width` columns: between words and Han characters, never inside a placeholder. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.matchAll(/\[[^\]]{1,20}\]|[!-Z\\-~]+|\s+|./gsu)) {
    if (columnsOf(line + piece) > width && line !== '') {
      lines.push(line.trimEnd())
      line = ''
    }
    if (line !== '' || piece.trim() !== '') line += piece
  }
  return line === '' ? lines : [...lines, line.trimEnd()]
}

/** `2026-11-23 14:30:05` in this computer's zone. */
export function localTime(instant: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(instant),
  )
}

/** A heading: number, both languages, a rule up to the edge. */
export function heading(number: number, [chinese, english]: readonly [string, string]): string {
  const title = `${String(number).padStart(2)} ${chinese}  ${english} `
  const rule = '─'.repeat(Math.max(0, terminalWidth() - columnsOf(title)))
  return `\n${styleText('bold', title)}${styleText('dim', rule)}`
}

export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => wrap(line, terminalWidth() - indent.length)).map((line) => indent + line)
}

/** Rows as a table whose headings are the rows' keys. */
export function tableLines(rows: readonly Readonly<Record<string, string>>[]): string[] {
  return human(rows)
    .split('\n')
    .map((line, index) => indent + (index === 0 ? styleText('dim', line) : line))
}

/** `label  text`, the text wrapped beside its label. */
export function labelled(label: string, labelWidth: number, text: string): string[] {
  const room = terminalWidth() - indent.length - labelWidth - 2
  return wrap(text, room).map(
    (line, index) => `${indent}${pad(index === 0 ? label : '', labelWidth)}  ${line}`,
  )
}

export const good = (text: string): string => styleText('green', text)
export const bad = (text: string): string => styleText('red', text)
export const quiet = (text: string): string => styleText('dim', text)
export const strong = (text: string): string => styleText('bold', text)
