import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { StatusWord } from '../../components/StatusWord.tsx'
import { formatClock, formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { RedactedText } from './RedactedText.tsx'

/** What happened to a complaint, newest first. */
export function Timeline({ detail }: { detail: ComplaintDetail }) {
  const { events, complaint } = detail
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  return (
    <section>
      <h2>{t('complaints:timeline')}</h2>
      <ol className="timeline" data-testid="case-timeline">
        {events.toReversed().map((event, index) => (
          <li key={`${event.at}-${index}`}>
            <div className="timeline-head">
              <time dateTime={event.at}>{formatInstant(event.at, locale, timeZone)}</time>
              <span>{event.user}</span>
              <strong>{t(`complaints:event.${event.kind}`)}</strong>
              {event.from !== null && event.to !== null && (
                <span className="timeline-change">
                  <StatusWord status={event.from} />
                  <span aria-hidden="true">→</span>
                  <StatusWord status={event.to} />
                </span>
              )}
            </div>
            {event.text !== '' && <RedactedText text={event.text} />}
          </li>
        ))}
        {/* An imported complaint has a date of its own but no entry for it. */}
        {complaint.receivedAt !== '' && !events.some((event) => event.kind === 'received') && (
          <li>
            <div className="timeline-head">
              <time dateTime={complaint.receivedAt}>{formatClock(complaint.receivedAt, locale)}</time>
              <strong>{t('complaints:event.received')}</strong>
            </div>
          </li>
        )}
      </ol>
    </section>
  )
}
