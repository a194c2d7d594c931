// A dry run's or an import's result, in numbers and words.
import { Button } from 'antd'
import type { ImportResult, RecordKind } from '../../../shared/types/exchange.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatNumber } from '../../lib/format.ts'
import { go } from '../../stores/navigation.ts'
import { BatchFindings, FindingsTable } from './FindingsTable.tsx'

interface Props {
  result: ImportResult
  /** Set when it was a real import. */
  kind?: RecordKind
}

export function ResultStep({ result, kind }: Props) {
  const t = useT()
  return (
    <div className="stack-small">
      <h2>{kind === undefined ? t('imports:steps.trial') : t('imports:doneTitle')}</h2>
      <p
        className="import-numbers"
        role="status"
        data-testid={kind === undefined ? 'import-trial' : 'import-result'}
      >
        <ImportNumbers of={result} />
      </p>
      {result.warned > 0 && <p className="soft">{t('imports:warnedNote')}</p>}
      {kind !== undefined && (
        <div>
          <Button
            type="primary"
            onClick={() => go({ name: kind === 'complaints' ? 'complaints' : 'customers' })}
            data-testid="import-look"
          >
            {kind === 'complaints' ? t('imports:goComplaints') : t('imports:goCustomers')}
          </Button>
        </div>
      )}
      {result.dryRun ? (
        // Nothing of a dry run is kept: its findings come with its result, the first hundred of them.
        <FindingsTable
          items={result.findings}
          total={result.findings.length}
          first={result.findings.length < result.warned + result.rejected + result.duplicates}
        />
      ) : (
        <BatchFindings batchId={result.batchId} />
      )}
    </div>
  )
}

interface Numbers {
  rows: number
  accepted: number
  warned: number
  rejected: number
  duplicates: number
  skipped: number
}

/** `1,521 行：1,479 接受，42 警告，0 拒绝`. */
export function ImportNumbers({ of }: { of: Numbers }) {
  const t = useT()
  const locale = useLocale()
  const number = (value: number) => formatNumber(value, locale)
  const parts = [
    t('imports:numbers', {
      rows: number(of.rows),
      accepted: number(of.accepted),
      warned: number(of.warned),
      rejected: number(of.rejected),
    }),
  ]
  if (of.duplicates > 0) parts.push(t('imports:duplicatesNumber', { n: number(of.duplicates) }))
  if (of.skipped > 0) parts.push(t('imports:skippedNumber', { n: number(of.skipped) }))
  return <span className="figures">{parts.join(locale === 'en' ? ', ' : '，')}</span>
}
