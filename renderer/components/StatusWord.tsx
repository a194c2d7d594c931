import type { ComplaintStatus } from '../../shared/types/complaint.ts'
import { useT } from '../app/i18n.ts'

const tones: Record<ComplaintStatus, 'open' | 'wait' | 'done' | 'alert'> = {
  received: 'open',
  acknowledged: 'open',
  investigating: 'open',
  'awaiting-customer': 'wait',
  resolved: 'done',
  closed: 'done',
  reopened: 'open',
  withdrawn: 'done',
  escalated: 'alert',
}

/** A complaint's status as a word; its tone only helps. */
export function StatusWord({ status }: { status: ComplaintStatus }) {
  const t = useT()
  return (
    <span className={`status-word tone-${tones[status]}`} data-status={status}>
      {t(`complaints:status.${status}`)}
    </span>
  )
}
