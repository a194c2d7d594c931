// The value of a column that no field takes: shown where its class is ordinary, else masked by what its class is.
import type { FieldClass } from '../../shared/types/field-class.ts'
import { useT } from '../app/i18n.ts'
import { useSessionStore } from '../stores/session.ts'
import { MaskedValue } from './MaskedValue.tsx'
import { TradeSecret } from './TradeSecret.tsx'

interface Props {
  column: string
  /** Of the columns of this kind of record, as they were set; undefined while nobody knows yet. */
  classes: Readonly<Record<string, FieldClass>> | undefined
  /** Values that everybody may see. */
  values: Readonly<Record<string, string>>
  reveal: (reason: string) => Promise<string>
  testId: string
}

export function ExtraValue({ column, classes, values, reveal, testId }: Props) {
  const t = useT()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const given = classes?.[column] ?? 'identity'
  if (Object.hasOwn(values, column))
    return <span data-testid={`${testId}-shown`}>{values[column] || '—'}</span>
  if (given === 'confidential' && !owner) return <TradeSecret />
  const masked = t(`fields:masks.${given === 'ordinary' ? 'identity' : given}`)
  return <MaskedValue label={column} masked={masked} reveal={reveal} testId={testId} />
}
