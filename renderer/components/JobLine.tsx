// One running job: what, how far, how long, cancel. Never a modal.
import { CloseOutlined } from '@ant-design/icons'
import { useEffect, useState } from 'react'
import { useLocale, useT } from '../app/i18n.ts'
import { formatElapsed, formatNumber } from '../lib/format.ts'
import { cancelJob, type Job } from '../stores/jobs.ts'

export function JobLine({ job }: { job: Job }) {
  const t = useT()
  const locale = useLocale()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const { progress } = job
  const total = progress?.total ?? job.total
  const share =
    progress === undefined || total === undefined || total === 0
      ? undefined
      : Math.min(1, progress.done / total)
  const far =
    progress === undefined
      ? ''
      : `${formatNumber(progress.done, locale)}${
          total === undefined ? '' : ` / ${formatNumber(total, locale)}`
        } ${t(`jobs.unit.${progress.unit}`)}`
  return (
    <div className="job" data-testid="job-line">
      <span className="job-name">{t(`jobs.${job.kind}`)}</span>
      <progress
        className="job-bar"
        aria-label={t(`jobs.${job.kind}`)}
        max={1}
        {...(share === undefined ? {} : { value: share })}
      />
      <span className="figures">{far}</span>
      <span className="figures">{formatElapsed(now - job.startedAt)}</span>
      <button
        type="button"
        className="job-cancel"
        disabled={job.cancelling}
        aria-label={t('jobs.cancel')}
        data-testid="job-cancel"
        onClick={() => void cancelJob(job.id)}
      >
        <CloseOutlined aria-hidden="true" /> {job.cancelling ? t('jobs.cancelling') : t('jobs.cancel')}
      </button>
    </div>
  )
}
