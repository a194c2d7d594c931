// A changed field of a case in the reader's words.
import type { CaseChange } from '../../../shared/types/case.ts'
import type { Texts } from '../../../shared/locales/zh-CN/index.ts'

type Words = Texts['cases']

function lookUp(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key
}

function valueOf(words: Words, field: CaseChange['field'], value: string): string {
  switch (field) {
    case 'severity':
      return lookUp(words.severities, value)
    case 'outcomeKind':
      return lookUp(words.outcomeKinds, value)
    case 'reliefKind':
      return lookUp(words.reliefKinds, value)
    case 'escalatedTo':
      return lookUp(words.escalationTargets, value)
    case 'closingReason':
      return lookUp(words.closingReasons, value)
    case 'satisfaction':
      return lookUp(words.satisfactions, value)
    default:
      return value
  }
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}

/** What changed, as one line. */
export function changeText(words: Words, { field, before, after }: CaseChange): string {
  const values = {
    field: words[field],
    before: valueOf(words, field, before),
    after: valueOf(words, field, after),
  }
  if (field === 'outcome') return filled(words.recorded, values)
  if (after === '') return filled(words.cleared, values)
  return filled(before === '' ? words.set : words.changed, values)
}
