import type { ComplaintEvent } from '../../../shared/types/complaint.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { StatusWord } from '../../components/StatusWord.tsx'
import { formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { RedactedText } from './RedactedText.tsx'

/** What happened to a complaint, newest first. */
export function Timeline({ events }: { events: readonly ComplaintEvent[] }) {
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
      </ol>
    </section>
  )
}
