import { Button } from 'antd'
import type { AuditReport } from '../../../shared/types/exchange.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { FindingList } from '../../components/FindingList.tsx'
import { formatNumber } from '../../lib/format.ts'

/** The result of a check of the log, in words. */
export function AuditVerdict({ report, onClose }: { report: AuditReport; onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const n = formatNumber(report.entries, locale)
  return (
    <div
      className={report.ok ? 'verdict good banner' : 'verdict bad banner'}
      role="status"
      data-testid="audit-result"
      data-ok={report.ok}
    >
      <div className="section-head">
        <strong>{report.ok ? t('audit:verifyOk', { n }) : t('audit:verifyBad', { n })}</strong>
        <span className="tools-end">
          <Button size="small" onClick={onClose}>
            {t('actions.close')}
          </Button>
        </span>
      </div>
      <FindingList title={t('audit:findings')} findings={report.findings} />
    </div>
  )
}
