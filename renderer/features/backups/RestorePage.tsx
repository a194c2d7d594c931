// Bringing a backup back, without any vault open: the bag, a new folder, the passphrase of that time.
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { runJob } from '../../stores/jobs.ts'
import { go } from '../../stores/navigation.ts'
import { VaultCounts } from './VaultCounts.tsx'

export function RestorePage() {
  const t = useT()
  const [path, setPath] = useState('')
  const [to, setTo] = useState('')
  const [user, setUser] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [restored, setRestored] = useState<Output<'backups.restore'>>()
  useEffect(() => () => setPassphrase(''), [])
  const ready = path.trim() !== '' && to.trim() !== '' && passphrase !== ''
  const restore = useAction(async () => {
    const answer = await runJob('backupRestore', 'backups.restore', {
      path: path.trim(),
      to: to.trim(),
      passphrase,
      ...(user.trim() === '' ? {} : { user: user.trim() }),
    })
    setPassphrase('')
    setRestored(answer)
  })
  if (restored !== undefined) {
    return (
      <ClosedFrame wide onBack={() => go({ name: 'welcome' })}>
        <div className="card stack" role="status" data-testid="restore-result">
          <h1>{t('backups:restored')}</h1>
          <VaultCounts counts={restored.counts} />
          <p className="mono selectable">{restored.path}</p>
          <p>{t('backups:restoredNext')}</p>
          <div>
            <Button
              type="primary"
              size="large"
              autoFocus
              onClick={() => go({ name: 'unlock', path: restored.path })}
              data-testid="restore-open"
            >
              {t('backups:openIt')}
            </Button>
          </div>
        </div>
      </ClosedFrame>
    )
  }
  return (
    <ClosedFrame wide onBack={() => go({ name: 'welcome' })}>
      <OwnForm className="card stack" ready={ready} onSubmit={() => restore.run()}>
        <div>
          <h1>{t('backups:restoreTitle')}</h1>
          <p className="soft">{t('backups:restoreLead')}</p>
        </div>
        <Field label={t('backups:bag')}>
          {({ id }) => (
            <PathField id={id} purpose="bag" value={path} onChange={setPath} testId="restore-path" />
          )}
        </Field>
        <Field label={t('backups:to')} hint={t('backups:toHint')}>
          {({ id }) => (
            <PathField
              id={id}
              purpose="new-vault"
              value={to}
              suggestedName="restored.vault"
              onChange={setTo}
              testId="restore-to"
            />
          )}
        </Field>
        <div className="pair">
          <Field label={t('backups:passphrase')}>
            {({ id, describedBy }) => (
              <PassphraseField
                id={id}
                value={passphrase}
                onChange={setPassphrase}
                invalid={restore.error?.code === 'vault.wrongPassphrase'}
                describedBy={describedBy}
                testId="restore-passphrase"
              />
            )}
          </Field>
          <Field label={t('backups:user')} aside={t('optional')} hint={t('backups:userHint')}>
            {({ id, describedBy }) => (
              <Input
                id={id}
                value={user}
                autoComplete="off"
                maxLength={100}
                aria-describedby={describedBy}
                data-testid="restore-user"
                onChange={(event) => setUser(event.target.value)}
              />
            )}
          </Field>
        </div>
        {restore.error !== undefined && <ErrorNotice error={restore.error} />}
        <div>
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            disabled={!ready}
            loading={restore.busy}
            data-testid="restore-submit"
          >
            {t('backups:restore')}
          </Button>
        </div>
      </OwnForm>
    </ClosedFrame>
  )
}
