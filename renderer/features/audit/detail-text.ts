// An entry's details in words. They hold ids, codes and counts only; codes that are unknown here are shown as they are.
import { type AuditEntry, type RecordKind, recordKindSchema } from '../../../shared/types/exchange.ts'
import type { Locale } from '../../../shared/types/common.ts'
import { errorCodes } from '../../../shared/errors.ts'
import { codeText, errorText } from '../../../shared/locales/index.ts'
import type { useTexts } from '../../app/i18n.ts'
import { formatInstant, formatNumber, listSeparator } from '../../lib/format.ts'

type Texts = ReturnType<typeof useTexts>

export interface DetailWords {
  texts: Texts
  locale: Locale
  timeZone: string | undefined
  /** Of the people whom an entry names. */
  names?: PersonNames
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** Which records an entry is about: said by its subject, or by the name of the action. */
function kindOf({ action, subject = '' }: Told): RecordKind | undefined {
  const said = [subject, action.slice(0, action.indexOf('.'))]
  return recordKindSchema.options.find((kind) => said.includes(kind))
}

/** Names of fields, those of the entry's own kind before others that are spelt alike. */
function fieldWords(told: Told, texts: Texts): Readonly<Record<string, string>> {
  const kind = kindOf(told)
  return {
    ...texts.transactions.fields,
    ...texts.complaints.fields,
    ...texts.customers.fields,
    ...(kind === undefined ? {} : texts[kind].fields),
    ...(told.action.startsWith('customers.caller') ? texts.customerWork.caller.fields : {}),
  }
}

/** What sort of thing: each group of actions has its own sorts. */
function kindWord({ action }: Told, value: string, texts: Texts): string {
  const { facts, relations } = texts.customerWork
  if (action.startsWith('customers.fact')) return codeText(facts.kinds, value) ?? value
  if (action === 'customers.related') return codeText(relations.kinds, value) ?? value
  if (action === 'complaints.caseLinked') return codeText(texts.cases.linkKinds, value) ?? value
  return codeText(texts.imports.kinds, value) ?? codeText(texts.transactions.kinds, value) ?? value
}

function factWord(kind: unknown, value: string, texts: Texts): string {
  const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = texts.customerWork.facts.codes
  const known = typeof kind === 'string' && Object.hasOwn(codes, kind) ? codes[kind] : undefined
  return codeText(known ?? {}, value) ?? value
}

/** One code of an entry: a status, a field, a compartment, `field:warning`, an instant. */
function wordOf(told: Told, key: string, value: string, words: DetailWords): string {
  const { texts, locale, timeZone, names = {} } = words
  switch (key) {
    case 'from':
    case 'to':
      return (
        codeText(texts.complaints.status, value) ??
        codeText(texts.common.role, value) ??
        codeText(texts.customerWork.facts.states, value) ??
        codeText(names, value) ??
        value
      )
    case 'role':
      return codeText(texts.common.role, value) ?? value
    case 'side':
      return (
        codeText({ from: texts.audit.details.fromPerson, to: texts.audit.details.toPerson }, value) ?? value
      )
    case 'kind':
      return kindWord(told, value, texts)
    case 'class':
      return codeText(texts.fields.classes, value) ?? value
    case 'verdict':
      return codeText(texts.customerWork.caller.verdicts, value) ?? value
    case 'fields':
    case 'questions':
    case 'strong':
      return codeText(fieldWords(told, texts), value) ?? value.replace(/^extra:/, '')
    case 'compartments':
      return codeText(texts.audit.compartments, value) ?? value
    case 'times':
    case 'writtenAt':
      return formatInstant(value, locale, timeZone)
    case 'code':
      if (told.action.startsWith('customers.fact')) return factWord(told.detail['kind'], value, texts)
      return errorWord(locale, value) ?? value
    case 'warnings': {
      const [field = '', code = ''] = value.split(':')
      const word = codeText(texts.imports.warnings, code)
      if (word === undefined) return errorWord(locale, value) ?? value
      return `${codeText(fieldWords(told, texts), field) ?? field} ${word}`
    }
    default:
      return value
  }
}

function errorWord(locale: Locale, value: string): string | undefined {
  const known = errorCodes.find((name) => name === value)
  return known === undefined ? undefined : errorText(locale, known).what
}

/** What a detail is called where it means something else than in most entries: columns of an import, people of the key file. */
const ownLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'vault.slotsAcknowledged': { dropped: 'waysDropped' },
  'vault.recovered': { dropped: 'waysDropped' },
  'handover.created': { from: 'fromPerson', to: 'toPerson' },
  'stats.saved': { from: 'fromDay', to: 'toDay' },
  'customers.factAdded': { code: 'factCode' },
}

type Told = Pick<AuditEntry, 'action' | 'detail'> & Partial<Pick<AuditEntry, 'subject'>>

/** An entry's details as label and text. */
export function detailPairs(told: Told, words: DetailWords): [label: string, text: string][] {
  const { action, detail } = told
  const { texts, locale } = words
  const own = Object.hasOwn(ownLabels, action) ? ownLabels[action] : undefined
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && value !== false && !isEmpty(value))
    .map(([key, value]) => {
      const label = codeText(texts.audit.details, own?.[key] ?? key) ?? key
      if (value === true) return [label, texts.audit.yes]
      if (typeof value === 'number') return [label, formatNumber(value, locale)]
      const items = Array.isArray(value) ? value : [value]
      const separator = listSeparator(locale)
      return [label, items.map((item) => wordOf(told, key, String(item), words)).join(separator)]
    })
}

/** The same on one line; what is merely true is said by its label alone. */
export function detailText(entry: Told, words: DetailWords): string {
  return detailPairs(entry, words)
    .map(([label, text]) => (text === words.texts.audit.yes ? label : `${label} ${text}`))
    .join(' · ')
}

/** Names of the people of the vault by their ids; who was removed has an id only. */
export type PersonNames = Readonly<Record<string, string>>

/** What an entry is about: a person's name, the name of a kind of record, or an id. */
export function subjectText(subject: string, texts: Texts, names: PersonNames): string {
  return codeText(names, subject) ?? codeText(texts.imports.kinds, subject) ?? subject
}
