// Checking a backup: its manifest and signature, and with a passphrase the vault in it too.
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { BackupReport } from '../../../shared/types/exchange.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { FindingList } from '../../components/FindingList.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { runJob } from '../../stores/jobs.ts'
import { VaultCounts } from './VaultCounts.tsx'

/** `start` is the backup offered first: the one that was just made. */
export function BackupCheck({ start }: { start: string }) {
  const t = useT()
  const [path, setPath] = useState(start)
  const [passphrase, setPassphrase] = useState('')
  const [user, setUser] = useState('')
  const [report, setReport] = useState<BackupReport>()
  useEffect(() => () => setPassphrase(''), [])
  const verify = useAction(async () => {
    setReport(undefined)
    const answer = await runJob('backupVerify', 'backups.verify', {
      path: path.trim(),
      ...(passphrase === '' ? {} : { passphrase }),
      ...(user.trim() === '' ? {} : { user: user.trim() }),
    })
    setPassphrase('')
    setReport(answer)
  })
  return (
    <OwnForm className="card stack-small" ready={path.trim() !== ''} onSubmit={() => verify.run()}>
      <h2>{t('backups:verifyTitle')}</h2>
      <p className="soft">{t('backups:verifyLead')}</p>
      <Field label={t('backups:bag')}>
        {({ id }) => (
          <PathField id={id} purpose="bag" value={path} onChange={setPath} testId="backup-verify-path" />
        )}
      </Field>
      <div className="pair">
        <Field label={t('backups:passphrase')} hint={t('backups:passphraseHint')}>
          {({ id, describedBy }) => (
            <PassphraseField
              id={id}
              value={passphrase}
              onChange={setPassphrase}
              invalid={verify.error?.code === 'vault.wrongPassphrase'}
              describedBy={describedBy}
              testId="backup-verify-passphrase"
            />
          )}
        </Field>
        {passphrase !== '' && (
          <Field label={t('backups:user')} hint={t('backups:userHint')}>
            {({ id, describedBy }) => (
              <Input
                id={id}
                value={user}
                autoComplete="off"
                maxLength={100}
                aria-describedby={describedBy}
                data-testid="backup-verify-user"
                onChange={(event) => setUser(event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
      <div>
        <Button
          htmlType="submit"
          loading={verify.busy}
          disabled={path.trim() === ''}
          data-testid="backup-verify"
        >
          {t('backups:verify')}
        </Button>
      </div>
      {verify.error !== undefined && <ErrorNotice error={verify.error} />}
      {report !== undefined && <Report report={report} />}
    </OwnForm>
  )
}

function Report({ report }: { report: BackupReport }) {
  const t = useT()
  return (
    <div
      className={report.valid ? 'verdict good' : 'verdict bad'}
      role="status"
      data-testid="backup-verify-result"
      data-valid={report.valid}
      data-opened={report.opened}
    >
      <strong>{report.valid ? t('vault:bag.valid') : t('vault:bag.invalid')}</strong>
      <p>{t(`vault:bag.trust.${report.trust}`)}</p>
      <p>{report.opened ? t('backups:opened') : t('backups:notOpened')}</p>
      {report.counts !== null && <VaultCounts counts={report.counts} />}
      <FindingList title={t('vault:bag.errors')} findings={report.errors} />
      <FindingList title={t('vault:bag.warnings')} findings={report.warnings} />
    </div>
  )
}
