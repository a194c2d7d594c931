// The queues of complaints with how many each holds.
import { type ComplaintQueue, complaintQueues } from '../../../shared/types/complaint.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatNumber } from '../../lib/format.ts'

interface Props {
  counts: Partial<Record<ComplaintQueue, number>> | undefined
  total: number | undefined
  current: ComplaintQueue | undefined
  onChoose: (queue: ComplaintQueue | undefined) => void
}

export function QueueTabs({ counts, total, current, onChoose }: Props) {
  const t = useT()
  const locale = useLocale()
  const queues: { name: 'all' | ComplaintQueue; count: number | undefined }[] = [
    { name: 'all', count: total },
    ...complaintQueues.map((name) => ({ name, count: counts?.[name] })),
  ]
  return (
    <nav className="queue-tabs" aria-label={t('clocks:queueList')}>
      {queues.map(({ name, count }) => {
        const here = name === (current ?? 'all')
        const late = name === 'overdue' && count !== undefined && count > 0
        return (
          <button
            key={name}
            type="button"
            className={here ? 'queue-tab here' : 'queue-tab'}
            aria-current={here ? 'true' : undefined}
            onClick={() => onChoose(name === 'all' ? undefined : name)}
            data-testid={`queue-${name}`}
          >
            {t(`clocks:queues.${name}`)}
            {count !== undefined && (
              <span className={late ? 'queue-count late' : 'queue-count'}>{formatNumber(count, locale)}</span>
            )}
          </button>
        )
      })}
    </nav>
  )
}
