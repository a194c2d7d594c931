// A changed field of a case in the reader's words.
import type { CaseChange } from '../../../shared/types/case.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { formatAmount } from '../../lib/format.ts'

/** What changed, as one line. */
export function useChangeText(): (change: CaseChange) => string {
  const t = useT()
  const words = useTexts().cases
  const locale = useLocale()
  const tables: Partial<Record<CaseChange['field'], Readonly<Record<string, string>>>> = {
    severity: words.severities,
    outcomeKind: words.outcomeKinds,
    reliefKind: words.reliefKinds,
    escalatedTo: words.escalationTargets,
    closingReason: words.closingReasons,
    satisfaction: words.satisfactions,
  }
  const valueOf = (field: CaseChange['field'], value: string): string => {
    if (field === 'reliefAmount') return formatAmount(value, locale)
    return codeText(tables[field] ?? {}, value) ?? value
  }
  return ({ field, before, after }) => {
    const said = { field: words[field], before: valueOf(field, before), after: valueOf(field, after) }
    if (field === 'outcome') return t('cases:recorded', said)
    if (after === '') return t('cases:cleared', said)
    return before === '' ? t('cases:set', said) : t('cases:changed', said)
  }
}
