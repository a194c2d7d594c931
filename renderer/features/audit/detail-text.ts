import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { codeText } from '../../../shared/locales/index.ts'

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

type Labels = Readonly<Record<string, string>>

/** An entry's details as label and text. They hold ids, codes and counts only. */
export function detailPairs(detail: AuditEntry['detail'], labels: Labels): [label: string, text: string][] {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && value !== false && !isEmpty(value))
    .map(([key, value]) => [
      codeText(labels, key) ?? key,
      Array.isArray(value) ? value.join(', ') : String(value),
    ])
}

/** The same on one line. */
export function detailText(detail: AuditEntry['detail'], labels: Labels): string {
  return detailPairs(detail, labels)
    .map(([label, text]) => `${label} ${text}`)
    .join(' · ')
}
