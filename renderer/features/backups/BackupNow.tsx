// Where backups go, making one now, and whether a lock makes one.
import { Button, Switch } from 'antd'
import { useId, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { BackupSettings } from '../../../shared/types/exchange.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { useDone } from '../../components/use-done.ts'
import { OwnForm } from '../../components/OwnForm.tsx'
import { formatBytes } from '../../lib/format.ts'
import { runJob } from '../../stores/jobs.ts'
import { refreshSession } from '../../stores/session.ts'

interface Props {
  settings: BackupSettings
  onSettings: (settings: BackupSettings) => void
  onMade: (path: string) => void
}

export function BackupNow({ settings, onSettings, onMade }: Props) {
  const t = useT()
  const id = useId()
  const done = useDone()
  const [typed, setTyped] = useState<string>()
  const [made, setMade] = useState<Output<'backups.create'>>()
  const folder = (typed ?? settings.folder ?? '').trim()

  const keep = async (onLock: boolean) => {
    onSettings(await call('backups.setSettings', { folder: folder === '' ? null : folder, onLock }))
  }
  const run = useAction(async () => {
    setMade(undefined)
    if (folder !== settings.folder) await keep(settings.onLock)
    const answer = await runJob('backupCreate', 'backups.create', { to: folder })
    setMade(answer)
    onMade(answer.backup)
    await refreshSession()
  })
  const change = useAction(async (onLock: boolean) => {
    await keep(onLock)
    done(t('backups:saved'))
  })
  return (
    <OwnForm className="card stack-small" ready={folder !== ''} onSubmit={() => run.run()}>
      <h2>{t('backups:makeTitle')}</h2>
      <Field label={t('backups:folder')} hint={t('backups:folderHint')}>
        {({ id: field }) => (
          <PathField
            id={field}
            purpose="export-folder"
            value={typed ?? settings.folder ?? ''}
            onChange={setTyped}
            testId="backups-folder"
          />
        )}
      </Field>
      <div className="wizard-foot">
        <Button
          type="primary"
          htmlType="submit"
          disabled={folder === ''}
          loading={run.busy}
          data-testid="backups-run"
        >
          {t('backups:run')}
        </Button>
        <span className="soft">{t('backups:runHint')}</span>
      </div>
      {run.error !== undefined && <ActionError error={run.error} onOpened={run.clear} />}
      {made !== undefined && <Made made={made} />}
      <div className="switch-row">
        <Switch
          id={id}
          checked={settings.onLock}
          loading={change.busy}
          disabled={folder === '' && !settings.onLock}
          aria-describedby={`${id}-text`}
          data-testid="backups-on-lock"
          onChange={(next) => change.run(next)}
        />
        <div>
          <label className="field-label" htmlFor={id}>
            {t('backups:onLock')}
          </label>
          <p className="soft" id={`${id}-text`}>
            {folder === '' ? t('backups:onLockNeeds') : t('backups:onLockText')}
          </p>
          {change.error !== undefined && <ActionError error={change.error} onOpened={change.clear} />}
        </div>
      </div>
    </OwnForm>
  )
}

function Made({ made }: { made: Output<'backups.create'> }) {
  const t = useT()
  const locale = useLocale()
  return (
    <div className="verdict good" role="status" data-testid="backups-result" data-verified={made.verified}>
      <strong>{t('backups:doneTitle')}</strong>
      <dl className="result-facts">
        <dt>{t('backups:where')}</dt>
        <dd className="mono selectable" data-testid="backups-result-path">
          {made.backup}
        </dd>
        <dt>{t('backups:size')}</dt>
        <dd>{formatBytes(made.bytes, locale)}</dd>
        <dt>{t('backups:checkedWord')}</dt>
        <dd>{t('backups:checkedText')}</dd>
      </dl>
      <p className="soft">{t('backups:keep')}</p>
    </div>
  )
}
