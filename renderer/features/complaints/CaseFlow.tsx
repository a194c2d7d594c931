// The path of a complaint as a drawn flow: each status it has been in, by whom and when, and where it may go from here.
import { Fragment } from 'react'
import type { ComplaintDetail, ComplaintStatus } from '../../../shared/types/complaint.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { StatusWord } from '../../components/StatusWord.tsx'
import { formatClock, formatInstant, listSeparator } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'

interface Step {
  status: ComplaintStatus
  when: string
  who: string
  key: string
}

export function CaseFlow({ detail }: { detail: ComplaintDetail }) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const { complaint, events, nextStatuses } = detail
  const moves = events.filter(({ to }) => to !== null)
  const first: Step = {
    // An imported complaint may have come in at any status.
    status: moves[0]?.from ?? complaint.status,
    when: formatClock(complaint.receivedAt, locale),
    who: '',
    key: 'first',
  }
  const steps = [
    first,
    ...moves.flatMap(({ to, at, user, seq }): Step[] =>
      to === null
        ? []
        : [{ status: to, when: formatInstant(at, locale, timeZone), who: user, key: String(seq) }],
    ),
  ]
  return (
    <section className="case-flow" aria-label={t('cases:flow')}>
      <ol data-testid="case-flow">
        {steps.map((step, index) => (
          <Fragment key={step.key}>
            {index > 0 && (
              <li className="flow-arrow" aria-hidden="true">
                →
              </li>
            )}
            <li className="flow-step" aria-current={index === steps.length - 1 ? 'step' : undefined}>
              <StatusWord status={step.status} />
              <span className="flow-meta">{step.when}</span>
              {step.who !== '' && <span className="flow-meta">{step.who}</span>}
            </li>
          </Fragment>
        ))}
        {nextStatuses.length > 0 && (
          <li className="flow-next">
            <span className="flow-meta">{t('cases:flowNext')}</span>
            <span>
              {nextStatuses.map((status) => t(`complaints:status.${status}`)).join(listSeparator(locale))}
            </span>
          </li>
        )}
      </ol>
    </section>
  )
}
