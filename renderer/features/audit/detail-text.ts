// An entry's details in words. They hold ids, codes and counts only; codes that are unknown here are shown as they are.
import type { AuditEntry } from '../../../shared/types/exchange.ts'
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
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** One code of an entry: a status, a field, a compartment, `field:warning`, an instant. */
function wordOf(key: string, value: string, { texts, locale, timeZone }: DetailWords): string {
  const fields = { ...texts.transactions.fields, ...texts.complaints.fields, ...texts.customers.fields }
  switch (key) {
    case 'from':
    case 'to':
      return codeText(texts.complaints.status, value) ?? codeText(texts.common.role, value) ?? value
    case 'role':
      return codeText(texts.common.role, value) ?? value
    case 'kind':
      return codeText(texts.imports.kinds, value) ?? value
    case 'class':
      return codeText(texts.fields.classes, value) ?? value
    case 'fields':
      return codeText(fields, value) ?? value.replace(/^extra:/, '')
    case 'compartments':
      return codeText(texts.audit.compartments, value) ?? value
    case 'times':
      return formatInstant(value, locale, timeZone)
    case 'warnings': {
      const [field = '', code = ''] = value.split(':')
      const known = errorCodes.find((name) => name === value)
      if (known !== undefined) return errorText(locale, known).what
      const words = codeText(texts.imports.warnings, code)
      return words === undefined ? value : `${codeText(fields, field) ?? field} ${words}`
    }
    default:
      return value
  }
}

/** What a detail is called where it means something else than in most entries: columns of an import, people of the key file. */
const ownLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'vault.slotsAcknowledged': { dropped: 'waysDropped' },
  'vault.recovered': { dropped: 'waysDropped' },
}

type Told = Pick<AuditEntry, 'action' | 'detail'>

/** An entry's details as label and text. */
export function detailPairs({ action, detail }: Told, words: DetailWords): [label: string, text: string][] {
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
      return [label, items.map((item) => wordOf(key, String(item), words)).join(separator)]
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
