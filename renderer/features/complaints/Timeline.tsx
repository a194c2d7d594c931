import { Segmented } from 'antd'
import { useState } from 'react'
import type { ComplaintDetail, EventKind } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { OriginalText } from '../../components/OriginalText.tsx'
import { StatusWord } from '../../components/StatusWord.tsx'
import { formatClock, formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useChangeText } from './use-change-text.ts'
import { RedactedText } from './RedactedText.tsx'

const filters = ['filterAll', 'filterTalk', 'filterSteps', 'filterFiles', 'filterReveals'] as const
type Filter = (typeof filters)[number]

const filterOf: Readonly<Record<EventKind, Filter>> = {
  received: 'filterSteps',
  status: 'filterSteps',
  note: 'filterTalk',
  call: 'filterTalk',
  'email-in': 'filterTalk',
  'email-out': 'filterTalk',
  visit: 'filterTalk',
  edit: 'filterSteps',
  reviewed: 'filterSteps',
  case: 'filterSteps',
  assigned: 'filterSteps',
  link: 'filterSteps',
  attachment: 'filterFiles',
  letter: 'filterFiles',
  reveal: 'filterReveals',
  paused: 'filterSteps',
  resumed: 'filterSteps',
  undone: 'filterSteps',
}

/** What happened to a complaint, newest first. */
export function Timeline({ detail }: { detail: ComplaintDetail }) {
  const { events, complaint } = detail
  const t = useT()
  const locale = useLocale()
  const changeText = useChangeText()
  const [filter, setFilter] = useState<Filter>('filterAll')
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const shown = events.filter(({ kind }) => filter === 'filterAll' || filterOf[kind] === filter)
  return (
    <section>
      <header className="section-head">
        <h2>{t('complaints:timeline')}</h2>
        <Segmented
          size="small"
          value={filter}
          onChange={setFilter}
          aria-label={t('cases:filterLabel')}
          data-testid="timeline-filter"
          options={filters.map((one) => ({ value: one, label: t(`cases:${one}`) }))}
        />
      </header>
      <ol className="timeline" data-testid="case-timeline">
        {shown.toReversed().map((event) => (
          <li key={event.seq}>
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
            {event.changes.length > 0 && (
              <ul className="timeline-changes">
                {event.changes.map((change) => (
                  <li key={change.field}>{changeText(change)}</li>
                ))}
              </ul>
            )}
            {event.text !== '' && <RedactedText text={event.text} />}
            <OriginalText
              shown={[event.text, ...event.changes.map(changeText)].join('\n')}
              original={event.original}
              reveal={async (reason) =>
                (await call('complaints.revealLine', { id: complaint.id, line: event.seq, reason })).text
              }
              testId="line-original"
            />
          </li>
        ))}
        {/* An imported complaint has a date of its own but no entry for it. */}
        {complaint.receivedAt !== '' && filter === 'filterAll' && (
          <li>
            <div className="timeline-head">
              <time dateTime={complaint.receivedAt}>{formatClock(complaint.receivedAt, locale)}</time>
              <strong>{t('complaints:event.received')}</strong>
            </div>
          </li>
        )}
        {shown.length === 0 && filter !== 'filterAll' && <li className="soft">{t('cases:filterEmpty')}</li>}
      </ol>
    </section>
  )
}
