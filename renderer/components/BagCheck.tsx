// Checks a bag and says the result in words. Used before any vault is open, and on the export page.
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { BagReport } from '../../shared/types/exchange.ts'
import { useAction } from '../api/use-action.ts'
import { useT } from '../app/i18n.ts'
import { runJob } from '../stores/jobs.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { FindingList } from './FindingList.tsx'
import { PathField } from './PathField.tsx'
import { OwnForm } from './OwnForm.tsx'

interface Props {
  start?: string | undefined
  /** It is what its page is for. */
  main?: boolean
}

/** `start` is the bag offered first: the one that was just written. */
export function BagCheck({ start = '', main }: Props) {
  const t = useT()
  const id = useId()
  const [path, setPath] = useState(start)
  const [report, setReport] = useState<BagReport>()
  const verify = useAction(async () => {
    setReport(undefined)
    setReport(await runJob('bagVerify', 'bags.verify', { path: path.trim() }))
  })
  return (
    <OwnForm className="stack" onSubmit={() => verify.run()}>
      <p className="soft">{t('vault:bag.lead')}</p>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          {t('vault:bag.path')}
        </label>
        <PathField id={id} purpose="bag" value={path} onChange={setPath} testId="bag-path" />
      </div>
      <div>
        <Button
          htmlType="submit"
          type={main === true ? 'primary' : 'default'}
          loading={verify.busy}
          disabled={path.trim() === ''}
          data-testid="bag-verify"
        >
          {t('vault:bag.verify')}
        </Button>
      </div>
      {verify.error !== undefined && <ErrorNotice error={verify.error} />}
      {report !== undefined && (
        <div
          className={report.valid ? 'verdict good' : 'verdict bad'}
          role="status"
          data-testid="bag-result"
          data-valid={report.valid}
        >
          <strong>{report.valid ? t('vault:bag.valid') : t('vault:bag.invalid')}</strong>
          <p>{t(`vault:bag.trust.${report.trust}`)}</p>
          <FindingList title={t('vault:bag.errors')} findings={report.errors} />
          <FindingList title={t('vault:bag.warnings')} findings={report.warnings} />
        </div>
      )}
    </OwnForm>
  )
}
