// The deadlines of a case: until when, what is counted, from where; and the one that comes next, as a sentence.
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ClockReading } from '../../../shared/types/clock.ts'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useSpan } from '../../components/use-span.ts'

interface Props {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

function useDueText() {
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  return (at: string) => formatInstant(at, locale, timeZone)
}

/** What comes next, with the time that is left for it. */
export function NextStep({ detail }: { detail: ComplaintDetail }) {
  const t = useT()
  const locale = useLocale()
  const dueText = useDueText()
  const { complaint } = detail
  // Asked again when the case has changed.
  const { data } = useCall('complaints.clocks', { id: complaint.id })
  const next = data?.find(({ clock, endedAt }) => clock === complaint.due?.clock && endedAt === null)
  const step = t(`complaints:nextSentence.${complaint.status}`)
  if (next?.left === undefined || next.left === null) return <>{step}</>
  const clock = next.label[locale]
  const late = next.state === 'overdue'
  const sentence = late
    ? t('clocks:next.late', { clock, date: dueText(next.dueAt) })
    : next.left === 0
      ? t('clocks:next.today', { clock })
      : t(`clocks:next.${next.left === 1 ? (`${next.unit}One` as const) : next.unit}`, {
          clock,
          count: next.left,
        })
  return (
    <>
      <span className={late ? 'late' : undefined} data-testid="case-next-due">
        {sentence}
      </span>
      <span className="case-next-step">{step}</span>
    </>
  )
}

export function CaseClocks({ detail, onChange }: Props) {
  const t = useT()
  const role = useSessionStore((state) => state.session?.role)
  const { data, error, reload } = useCall('complaints.clocks', { id: detail.complaint.id })
  const stoppable = data?.some(({ pauses, left }) => pauses && left !== null) ?? false
  return (
    <section className="case-clocks" aria-labelledby="case-clocks-title" data-testid="case-clocks">
      <h2 id="case-clocks-title">{t('clocks:title')}</h2>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data?.length === 0 && <p className="soft">{t('clocks:none')}</p>}
      <ul>
        {data?.map((reading) => (
          <ClockLine key={reading.clock} reading={reading} />
        ))}
      </ul>
      {role !== 'auditor' && stoppable && <PauseForm detail={detail} onChange={onChange} />}
    </section>
  )
}

function ClockLine({ reading }: { reading: ClockReading }) {
  const t = useT()
  const locale = useLocale()
  const dueText = useDueText()
  const span = useSpan()
  const { label, state, dueAt, length, unit, pausedMs, watch, provisional, pauses, source } = reading
  const late = state === 'overdue' || state === 'missed'
  const said = [
    t(`clocks:counts.${unit}`, { count: length }),
    ...(pausedMs > 0 ? [t('clocks:pausedFor', { time: span(pausedMs / 3_600_000) })] : []),
    ...(pauses ? [t('clocks:pausable')] : []),
    ...(watch ? [t('clocks:watch')] : []),
  ]
  return (
    <li className="clock" data-testid={`clock-${reading.clock}`} data-state={state}>
      <div className="clock-line">
        <strong>{label[locale]}</strong>
        <span className={late ? 'late' : 'soft'}>{t(`clocks:state.${state}`)}</span>
        <span className="clock-due">{dueText(dueAt)}</span>
      </div>
      <p className="soft">{said.join(' · ')}</p>
      {provisional && <p className="warn">{t('clocks:provisional')}</p>}
      <p className="soft clock-source">{t('clocks:source', { source })}</p>
    </li>
  )
}

/** Whether somebody has paused the case by hand: its last such line says so, unless it has ended since. */
function isPaused({ events, complaint }: ComplaintDetail): boolean {
  const last = events.findLast(
    ({ kind, to }) =>
      kind === 'paused' ||
      kind === 'resumed' ||
      (kind === 'status' && (to === 'resolved' || to === 'withdrawn' || to === 'closed')),
  )
  return last?.kind === 'paused' && complaint.status !== 'closed'
}

function PauseForm({ detail, onChange }: Props) {
  const t = useT()
  const [note, setNote] = useState('')
  const paused = isPaused(detail)
  const act = useAction(async () => {
    onChange(await call('complaints.pauseClock', { id: detail.complaint.id, paused: !paused, note }))
    setNote('')
  })
  return (
    <OwnForm className="clock-pause" onSubmit={() => act.run()}>
      <Input
        value={note}
        maxLength={500}
        placeholder={t('clocks:pauseNote')}
        aria-label={t('clocks:pauseNote')}
        onChange={(event) => setNote(event.target.value)}
        data-testid="clock-note"
      />
      <Button htmlType="submit" loading={act.busy} data-testid={paused ? 'clock-resume' : 'clock-pause'}>
        {paused ? t('clocks:resume') : t('clocks:pause')}
      </Button>
      {act.error !== undefined && <ErrorNotice error={act.error} />}
    </OwnForm>
  )
}
