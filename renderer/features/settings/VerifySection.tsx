import { Button } from 'antd'
import { useState } from 'react'
import type { VerifyReport } from '../../../shared/types/vault.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FindingList } from '../../components/FindingList.tsx'
import { formatNumber } from '../../lib/format.ts'
import { runJob } from '../../stores/jobs.ts'

/** The vault's own check: everything held against everything else. */
export function VerifySection() {
  const t = useT()
  const locale = useLocale()
  const [report, setReport] = useState<VerifyReport>()
  const verify = useAction(async () => {
    setReport(undefined)
    setReport(await runJob('vaultVerify', 'vault.verify', {}))
  })
  const number = (value: number) => formatNumber(value, locale)
  return (
    <section className="card stack-small">
      <h2>{t('vault:settings.verify')}</h2>
      <p className="soft">{t('vault:settings.verifyText')}</p>
      <div>
        <Button loading={verify.busy} onClick={() => verify.run()} data-testid="settings-verify">
          {t('vault:settings.verifyButton')}
        </Button>
      </div>
      {verify.error !== undefined && <ErrorNotice error={verify.error} />}
      {report !== undefined && (
        <div
          className={report.ok ? 'verdict good' : 'verdict bad'}
          role="status"
          data-testid="settings-verify-result"
          data-ok={report.ok}
        >
          <strong>
            {report.ok
              ? t('vault:settings.verifyOk')
              : t('vault:settings.verifyBad', { n: number(report.findings.length) })}
          </strong>
          <p className="soft">
            {t('vault:settings.checked', {
              records: number(report.checked.records),
              identities: number(report.checked.identities),
              attachments: number(report.checked.attachments),
              auditEntries: number(report.checked.auditEntries),
            })}
          </p>
          <FindingList title={t('audit:findings')} findings={report.findings} />
        </div>
      )}
    </section>
  )
}
