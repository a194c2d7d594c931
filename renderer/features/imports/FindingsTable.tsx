// What an import found: row, field and reason, never a value.
import { Button } from 'antd'
import { useState } from 'react'
import type { ImportFinding } from '../../../shared/types/exchange.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { formatNumber } from '../../lib/format.ts'

const stepSize = 50
const mostShown = 1000

/** What a batch has left in the vault, page by page. */
export function BatchFindings({ batchId }: { batchId: string }) {
  const [limit, setLimit] = useState(stepSize)
  const { data, error, reload } = useCall('imports.findings', { batchId, limit })
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />
  if (data === undefined) return <Loading rows={3} />
  const more = data.total > limit && limit < mostShown
  return (
    <FindingsTable
      items={data.items}
      total={data.total}
      {...(more ? { onMore: () => setLimit(Math.min(mostShown, limit + 200)) } : {})}
    />
  )
}

interface Props {
  items: readonly ImportFinding[]
  total: number
  /** Only the first ones are here, and how many there are isn't known. */
  first?: boolean
  onMore?: () => void
}

export function FindingsTable({ items, total, first, onMore }: Props) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  if (total === 0) return <p className="soft">{t('imports:findingsNone')}</p>

  const fields: Readonly<Record<string, string>> = {
    ...texts.transactions.fields,
    ...texts.complaints.fields,
    ...texts.customers.fields,
    ...texts.imports.duplicateFields,
  }
  const reason = (finding: ImportFinding) =>
    codeText(texts.imports.warnings, finding.rule) ??
    codeText(texts.imports.rejectReasons, finding.rule) ??
    codeText(texts.imports.duplicateRules, finding.rule) ??
    codeText(fields, finding.rule) ??
    t('imports:otherRule', { code: finding.rule })
  return (
    <section className="stack-small">
      <h3>
        {first === true
          ? t('imports:findingsFirst', { n: formatNumber(total, locale) })
          : `${t('imports:findings')} · ${formatNumber(total, locale)}`}
      </h3>
      <div className="table-scroll" role="region" aria-label={t('imports:findings')} tabIndex={0}>
        <table className="plain-table" data-testid="import-findings">
          <thead>
            <tr>
              <th scope="col" className="end">
                {t('imports:finding.row')}
              </th>
              <th scope="col" className="end">
                {t('imports:finding.line')}
              </th>
              <th scope="col">{t('imports:finding.outcome')}</th>
              <th scope="col">{t('imports:finding.field')}</th>
              <th scope="col">{t('imports:finding.rule')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((finding, index) => (
              <tr key={index}>
                <td className="end">{formatNumber(finding.row, locale)}</td>
                <td className="end">{formatNumber(finding.line, locale)}</td>
                <td className={finding.outcome === 'rejected' ? 'error-what' : ''}>
                  {t(`imports:outcome.${finding.outcome}`)}
                </td>
                <td>{codeText(fields, finding.field) ?? finding.field}</td>
                <td>{reason(finding)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {onMore !== undefined && (
        <div>
          <Button size="small" onClick={onMore}>
            {t('imports:more')}
          </Button>
        </div>
      )}
    </section>
  )
}
