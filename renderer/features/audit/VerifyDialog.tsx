import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { AuditReport } from '../../../shared/types/exchange.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { runJob } from '../../stores/jobs.ts'

interface Props {
  open: boolean
  onClose: () => void
  onReport: (report: AuditReport) => void
}

/** Checks the log, against a checkpoint kept elsewhere if there is one. The work itself shows in the status line. */
export function VerifyDialog(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={560} title={t('audit:verify')}>
      <VerifyForm {...props} />
    </PlainDialog>
  )
}

function VerifyForm({ onClose, onReport }: Props) {
  const t = useT()
  const id = useId()
  const [checkpoint, setCheckpoint] = useState('')
  const verify = useAction(async () => {
    const report = await runJob('auditVerify', 'audit.verify', checkpoint.trim() === '' ? {} : { checkpoint })
    onReport(report)
    onClose()
  })
  return (
    <OwnForm className="stack-small" onSubmit={() => verify.run()}>
      <label className="field" htmlFor={id}>
        <span className="field-label">{t('audit:against')}</span>
        <Input.TextArea
          id={id}
          className="mono"
          rows={6}
          value={checkpoint}
          spellCheck={false}
          placeholder={t('audit:againstHint')}
          data-testid="audit-verify-checkpoint"
          onChange={(event) => setCheckpoint(event.target.value)}
        />
      </label>
      {verify.error !== undefined && <ErrorNotice error={verify.error} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={verify.busy} data-testid="audit-verify-run">
          {t('audit:verify')}
        </Button>
      </div>
    </OwnForm>
  )
}
