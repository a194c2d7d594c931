// Reading a template. It is text with places to fill and nothing else: no expressions, no markup, no character that can't be seen.
import type { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import {
  type LetterField,
  letterFieldSchema,
  type Template,
  templateSchema,
} from '../../../shared/types/letter.ts'
import { scanText } from '../recognisers/index.ts'

/** A stretch of a template's text: words as they stand, or a place to fill. */
export type Piece = { text: string } | { field: LetterField }

/** A title goes to the history as it stands: nothing in it may come from a customer. */
const titleFields: ReadonlySet<LetterField> = new Set(['company', 'complaintNo', 'receivedDate', 'today'])

const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
const place = /^\{\{([A-Za-z]+)\}\}/u
/** What a person might be known by; a company's own telephone and code may stand in its letters. */
const personal: ReadonlySet<string> = new Set(['mobile', 'resident-id', 'bank-card', 'passport', 'email'])

function refuse(field: string, rule: string, value?: string): never {
  throw new GuicangError('template.invalid', {
    fields: [{ field, rule, ...(value === undefined ? {} : { value }) }],
  })
}

/**
 * The pieces of a text.
 * @param where how the text is named in a refusal
 * @throws GuicangError `template.invalid` with the rule: `control` for a character that can't be seen, `markup` for what
 * looks like HTML, `brace` for a brace that belongs to no place, `unknownField` for a place that nothing fills
 */
export function piecesOf(text: string, where: string): Piece[] {
  if (unseen.test(text.replaceAll('\n', ''))) refuse(where, 'control')
  if (/<[a-z!/?]/iu.test(text)) refuse(where, 'markup')
  const pieces: Piece[] = []
  let rest = text
  while (rest !== '') {
    const brace = rest.search(/[{}]/u)
    if (brace !== 0) {
      const words = brace < 0 ? rest : rest.slice(0, brace)
      pieces.push({ text: words })
      rest = rest.slice(words.length)
      continue
    }
    const [whole, name] = place.exec(rest) ?? []
    if (whole === undefined || name === undefined) refuse(where, 'brace')
    const field = letterFieldSchema.safeParse(name)
    if (!field.success) refuse(where, 'unknownField', name.slice(0, 60))
    pieces.push({ field: field.data })
    rest = rest.slice(whole.length)
  }
  return pieces
}

/** The fields that a text names, each once. */
export function fieldsIn(pieces: readonly Piece[]): LetterField[] {
  return [...new Set(pieces.flatMap((piece) => ('field' in piece ? [piece.field] : [])))]
}

/**
 * A template out of anything.
 * @throws GuicangError `template.invalid`, naming the part and the rule: those of {@link piecesOf}; what the schema says
 * (`invalid_type`, `too_big`, `unrecognized_keys`, …); `titleField` for a title that names more than the case; `lines` for a
 * title of several; `blank`; `personalData` where a number or address of a person stands in it
 */
export function parseTemplate(value: unknown): Template {
  const parsed = templateSchema.safeParse(value)
  if (!parsed.success)
    throw new GuicangError('template.invalid', {
      fields: parsed.error.issues.map((issue) => ({ field: pathOf(issue), rule: issue.code })),
    })
  const { title, paragraphs } = parsed.data
  if (title.includes('\n')) refuse('title', 'lines')
  const named = fieldsIn(piecesOf(title, 'title')).find((field) => !titleFields.has(field))
  if (named !== undefined) refuse('title', 'titleField', named)
  requireOrdinary(title, 'title')
  for (const [index, { text }] of paragraphs.entries()) {
    const where = `paragraphs.${index + 1}`
    piecesOf(text, where)
    requireOrdinary(text, where)
  }
  return parsed.data
}

function pathOf(issue: z.core.$ZodIssue): string {
  return (
    issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.') || 'template'
  )
}

/** Templates stand in records for everybody: a customer's data has no place in their words. */
function requireOrdinary(text: string, where: string): void {
  if (text.trim() === '') refuse(where, 'blank')
  if (scanText(text).some(({ type }) => personal.has(type))) refuse(where, 'personalData')
}

/** What a template can't do without, and what it uses where it is there. */
export function fieldsOf({ title, paragraphs }: Template): { needs: LetterField[]; uses: LetterField[] } {
  const of = (texts: readonly string[]): LetterField[] =>
    fieldsIn(texts.flatMap((text) => piecesOf(text, 'template')))
  const needs = of([title, ...paragraphs.filter(({ optional }) => !optional).map(({ text }) => text)])
  const uses = of(paragraphs.filter(({ optional }) => optional).map(({ text }) => text))
  // Every letter goes to somebody.
  const needed: LetterField[] = needs.includes('customerName') ? needs : ['customerName', ...needs]
  return { needs: needed, uses: uses.filter((field) => !needed.includes(field)) }
}
