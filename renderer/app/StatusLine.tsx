// Always true: which vault, who, which compartment is open, last checkpoint, what is running. One click to each page.
import { LockOutlined, SafetyCertificateOutlined, UnlockOutlined, UserOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { JobLine } from '../components/JobLine.tsx'
import { LanguageSwitch } from '../components/LanguageSwitch.tsx'
import { OpenIdentities } from '../components/OpenIdentities.tsx'
import { formatInstant } from '../lib/format.ts'
import { useJobs } from '../stores/jobs.ts'
import { lockVault } from '../stores/lock.ts'
import { go } from '../stores/navigation.ts'
import { useIdentitiesOpen, useSessionStore } from '../stores/session.ts'
import { useLocale, useT } from './i18n.ts'
import { commandKey } from './use-shortcuts.ts'

export function StatusLine() {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const sample = useSessionStore((state) => state.sample)
  const platform = useSessionStore((state) => state.info?.platform)
  const identitiesOpen = useIdentitiesOpen()
  const jobs = useJobs((state) => state.jobs)
  const [asking, setAsking] = useState(false)
  if (session === undefined) return null
  const checkpoint =
    session.lastCheckpoint === null
      ? t('status.noCheckpoint')
      : t('status.lastCheckpoint', {
          at: formatInstant(session.lastCheckpoint, locale, session.company.timeZone),
        })
  const mayHoldIdentities = session.role === 'owner' || session.role === 'handler'
  return (
    <footer className="status" aria-label={t('status.label')} data-testid="status-line">
      <button type="button" className="status-part status-vault" onClick={() => go({ name: 'settings' })}>
        {session.company.name}
        {sample && <em> · {t('status.sample')}</em>}
      </button>
      <button type="button" className="status-part" onClick={() => go({ name: 'settings' })}>
        <UserOutlined aria-hidden="true" /> {session.user} · {t(`role.${session.role}`)}
      </button>
      {!mayHoldIdentities && <span className="status-part">{t('status.identitiesNone')}</span>}
      {mayHoldIdentities && identitiesOpen && (
        <span className="status-part" data-testid="identities-open">
          <UnlockOutlined aria-hidden="true" /> {t('status.identitiesOpen')}
        </span>
      )}
      {mayHoldIdentities && !identitiesOpen && (
        <button
          type="button"
          className="status-part"
          title={t('status.openIdentities')}
          data-testid="identities-closed"
          onClick={() => setAsking(true)}
        >
          <LockOutlined aria-hidden="true" /> {t('status.identitiesClosed')}
        </button>
      )}
      <button type="button" className="status-part" onClick={() => go({ name: 'audit' })}>
        <SafetyCertificateOutlined aria-hidden="true" /> {checkpoint}
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
      <OpenIdentities open={asking} onClose={() => setAsking(false)} />
    </footer>
  )
}
