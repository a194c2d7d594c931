// Always true: which vault, who, which compartment is open, last checkpoint and backup, what waits, what is running. One click
// to each page.
import { HddOutlined, LockOutlined, SafetyCertificateOutlined, UserOutlined } from '@ant-design/icons'
import { JobLine } from '../components/JobLine.tsx'
import { LanguageSwitch } from '../components/LanguageSwitch.tsx'
import { formatInstant } from '../lib/format.ts'
import { useJobs } from '../stores/jobs.ts'
import { lockVault } from '../stores/lock.ts'
import { go } from '../stores/navigation.ts'
import { useSessionStore } from '../stores/session.ts'
import { useLocale, useT } from './i18n.ts'
import { StatusIdentities } from './StatusIdentities.tsx'
import { commandKey } from './use-shortcuts.ts'

export function StatusLine() {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const sample = useSessionStore((state) => state.sample)
  const platform = useSessionStore((state) => state.info?.platform)
  const jobs = useJobs((state) => state.jobs)
  if (session === undefined) return null
  const { lastCheckpoint, lastBackup } = session
  const at = (instant: string) => formatInstant(instant, locale, session.company.timeZone)
  const checkpoint =
    lastCheckpoint === null
      ? t('status.noCheckpoint')
      : t('status.lastCheckpoint', { at: at(lastCheckpoint) })
  const backup = lastBackup === null ? t('status.noBackup') : t('status.lastBackup', { at: at(lastBackup) })
  return (
    <footer className="status" aria-label={t('status.label')} data-testid="status-line">
      <button type="button" className="status-part status-vault" onClick={() => go({ name: 'settings' })}>
        {session.company.name}
        {sample && <em> · {t('status.sample')}</em>}
      </button>
      <button
        type="button"
        className="status-part"
        data-testid="status-person"
        onClick={() => go({ name: 'people' })}
      >
        <UserOutlined aria-hidden="true" /> {session.user} · {t(`role.${session.role}`)}
      </button>
      <StatusIdentities session={session} />
      <button
        type="button"
        className="status-part status-yields"
        title={checkpoint}
        onClick={() => go({ name: 'audit' })}
      >
        <SafetyCertificateOutlined aria-hidden="true" /> {checkpoint}
      </button>
      <button
        type="button"
        className={lastBackup === null ? 'status-part status-yields warn' : 'status-part status-yields'}
        title={backup}
        data-testid="status-backup"
        onClick={() => go({ name: 'backups' })}
      >
        <HddOutlined aria-hidden="true" /> {backup}
      </button>
      <div className="status-jobs" role="region" aria-label={t('jobs.label')}>
        {jobs.map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
      </div>
      <LanguageSwitch />
      <button
        type="button"
        className="status-part status-lock"
        data-testid="lock"
        title={`${commandKey(platform)} L`}
        onClick={() => void lockVault()}
      >
        <LockOutlined aria-hidden="true" /> {t('status.lock')}
      </button>
    </footer>
  )
}
