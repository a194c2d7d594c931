// The facts of a case that somebody has said, as lines of label and value.
import type { Case } from '../../../shared/types/case.ts'
import type { Locale } from '../../../shared/types/common.ts'
import type { Texts } from '../../../shared/locales/index.ts'
import { formatAmount } from '../../lib/format.ts'

export function saidFacts(facts: Case, words: Texts['cases'], locale: Locale): [string, string][] {
  const { relief, escalation } = facts
  const marks: Readonly<Record<string, string>> = words.satisfactions
  const reliefText =
    relief === null
      ? ''
      : [words.reliefKinds[relief.kind], formatAmount(relief.amount, locale), relief.currency]
          .filter((part) => part !== '')
          .join(' ')
  const escalationText =
    escalation === null
      ? ''
      : [words.escalationTargets[escalation.to], escalation.body, escalation.reference]
          .filter((part) => part !== '')
          .join(locale === 'en' ? ', ' : '，')
  const lines: [string, string][] = [
    [words.severity, facts.severity === null ? '' : words.severities[facts.severity]],
    [words.outcomeKind, facts.outcomeKind === null ? '' : words.outcomeKinds[facts.outcomeKind]],
    [words.relief, reliefText],
    [words.escalation, escalationText],
    [words.rootCause, facts.rootCause],
    [words.satisfaction, facts.satisfaction === null ? '' : (marks[String(facts.satisfaction)] ?? '')],
    [words.closingReason, facts.closingReason === null ? '' : words.closingReasons[facts.closingReason]],
  ]
  return lines.filter(([, value]) => value !== '')
}
