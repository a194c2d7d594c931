// A letter out of a template and values: what stands where. Pure: the same in, the same out.
import { GuicangError } from '../../../shared/errors.ts'
import type { Locale } from '../../../shared/types/common.ts'
import type { LetterDocument, LetterField, Template } from '../../../shared/types/letter.ts'
import { stripInvisible } from '../characters.ts'
import { fieldsIn, fieldsOf, type Piece, piecesOf } from './template.ts'

/** Empty: there is none. */
export type LetterValues = Readonly<Record<LetterField, string>>

/** Values that a person writes in several lines; any other is one line. */
const longFields: ReadonlySet<LetterField> = new Set([
  'outcome',
  'request',
  'progress',
  'reasons',
  'remedy',
  'customerAddress',
  'companyAddress',
])
/** What the company says of itself: shown to everybody as it is. */
export const ownFields: ReadonlySet<LetterField> = new Set([
  'company',
  'companyAddress',
  'companyCode',
  'custodianName',
  'custodianCapacity',
  'custodianAuthority',
  'custodianContact',
  'personName',
  'today',
  'complaintNo',
])

/** A value as it can be printed: without what isn't seen or reorders what stands around it. */
export function printable(field: LetterField, value: string): string {
  const seen = stripInvisible(value.replaceAll(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')).replaceAll('\t', ' ')
  if (!longFields.has(field)) return seen.replaceAll(/\s+/gu, ' ').trim()
  return seen
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{2,}/gu, '\n')
    .trim()
}

/** Fields that a letter needs and that are empty. */
export function missingFields(template: Template, values: LetterValues): LetterField[] {
  return fieldsOf(template).needs.filter((field) => printable(field, values[field]) === '')
}

/** @throws GuicangError `letter.incomplete`, naming every field that is empty */
export function requireComplete(template: Template, values: LetterValues): void {
  const missing = missingFields(template, values)
  if (missing.length > 0)
    throw new GuicangError('letter.incomplete', {
      fields: missing.map((field) => ({ field, rule: 'required' })),
    })
}

/** What stands for a value that isn't there yet; only a preview has one. */
const blank = '＿＿＿＿'

/**
 * Puts the letter together. A field that is empty shows as a line to fill: ask {@link requireComplete} first where the letter
 * is to go out.
 * @param hide makes a paragraph fit for records, while the company's own values stand in it as their places; left out, the
 * letter is clear
 */
export function composeLetter(
  template: Template,
  values: LetterValues,
  hide: (text: string) => string = (text) => text,
): LetterDocument {
  const { lang } = template
  const value = (field: LetterField): string => printable(field, values[field])
  const filled = (pieces: readonly Piece[]): string => {
    const first = pieces.map((piece) => {
      if ('text' in piece) return piece.text
      return ownFields.has(piece.field) ? `{{${piece.field}}}` : value(piece.field) || blank
    })
    return hide(first.join('')).replaceAll(/\{\{([A-Za-z]+)\}\}/gu, (whole, name: string) => {
      const field = [...ownFields].find((own) => own === name)
      return field === undefined ? whole : value(field) || blank
    })
  }
  const paragraphs = template.paragraphs.flatMap(({ text, optional }) => {
    const pieces = piecesOf(text, 'template')
    if (optional && fieldsIn(pieces).some((field) => value(field) === '')) return []
    return filled(pieces)
      .split('\n')
      .filter((line) => line !== '')
  })
  const name = value('customerName') || blank
  return {
    lang,
    sender: [value('company'), ...linesOf(value('companyAddress'))].filter((line) => line !== ''),
    reference: [reference[lang](value('complaintNo'))].filter(() => value('complaintNo') !== ''),
    title: filled(piecesOf(template.title, 'title')),
    addressee: [name, ...linesOf(value('customerAddress'))],
    salutation: salutation[lang](name),
    paragraphs,
    signOff: signOff(lang, value),
  }
}

const reference: Record<Locale, (number: string) => string> = {
  'zh-CN': (number) => `投诉编号：${number}`,
  en: (number) => `Complaint number: ${number}`,
}
const salutation: Record<Locale, (name: string) => string> = {
  'zh-CN': (name) => `${name}：`,
  en: (name) => `Dear ${name},`,
}

function signOff(lang: Locale, value: (field: LetterField) => string): string[] {
  const keeper = value('custodianName')
  const capacity = value('custodianCapacity')
  const contact = value('custodianContact')
  if (lang === 'zh-CN')
    return [
      value('company'),
      value('today'),
      keeper === '' ? '' : `记录保管人：${keeper}${capacity === '' ? '' : `（${capacity}）`}`,
      contact === '' ? '' : `联系方式：${contact}`,
      value('personName') === '' ? '' : `经办人：${value('personName')}`,
    ].filter((line) => line !== '')
  return [
    'Yours sincerely,',
    value('personName'),
    value('company'),
    value('today'),
    keeper === '' ? '' : `Records kept by: ${keeper}${capacity === '' ? '' : ` (${capacity})`}`,
    contact === '' ? '' : `Contact: ${contact}`,
  ].filter((line) => line !== '')
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The letter as plain text, LF between lines, a blank line between parts. */
export function letterText(letter: LetterDocument): string {
  const parts = [
    letter.sender.join('\n'),
    letter.reference.join('\n'),
    letter.title,
    letter.addressee.join('\n'),
    letter.salutation,
    ...letter.paragraphs,
    letter.signOff.join('\n'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
