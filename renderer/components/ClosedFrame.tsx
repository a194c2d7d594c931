// The frame of screens without an open vault: name, language, one card.
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'
import { useJobs } from '../stores/jobs.ts'
import { JobLine } from './JobLine.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

export function ClosedFrame({
  children,
  wide,
  onBack,
}: {
  children: ReactNode
  wide?: boolean
  onBack?: () => void
}) {
  const t = useT()
  const jobs = useJobs((state) => state.jobs)
  return (
    <div className="closed">
      <header className="closed-head">
        <span className="closed-name">{t('appName')}</span>
        <span className="closed-tagline">{t('tagline')}</span>
        <span className="closed-tools">
          {onBack !== undefined && (
            <button type="button" className="status-part" onClick={onBack} data-testid="back">
              ← {t('actions.back')}
            </button>
          )}
          <LanguageSwitch />
        </span>
      </header>
      <main className={wide === true ? 'closed-main wide' : 'closed-main'}>{children}</main>
      {jobs.length > 0 && (
        <footer className="closed-jobs">
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </footer>
      )}
    </div>
  )
}
