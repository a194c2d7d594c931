// What waits for this person's own confirmation: cases that they were given, or that were given on for them.
import { Button } from 'antd'
import type { Handover } from '../../../shared/types/handover.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { formatInstant, formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'

/** Whether this person has still to confirm. */
function waitsFor(handover: Handover, userId: string): boolean {
  return (
    (handover.to.id === userId && handover.confirmedTo === null) ||
    (handover.from.id === userId && handover.confirmedFrom === null)
  )
}

export function HandoverNotices() {
  const session = useSessionStore((state) => state.session)
  const mayConfirm = session !== undefined && session.role !== 'auditor'
  const { data } = useCall('handover.list', mayConfirm ? {} : null)
  if (session === undefined || data === undefined) return null
  const waiting = data.items.filter((one) => waitsFor(one, session.userId))
  return waiting.map((one) => <Notice key={one.id} handover={one} userId={session.userId} />)
}

function Notice({ handover, userId }: { handover: Handover; userId: string }) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const confirm = useAction(async () => {
    await call('handover.confirm', { id: handover.id })
    useDataStore.getState().bump()
  })
  const words = {
    from: handover.from.name,
    to: handover.to.name,
    n: formatNumber(handover.cases, locale),
    at: formatInstant(handover.at, locale, timeZone),
  }
  const given = handover.to.id === userId
  return (
    <div className="notice-bar" role="status" data-testid="handover-notice">
      <div>
        <p>{t(given ? 'handover:notice' : 'handover:noticeFrom', words)}</p>
        {handover.note !== '' && <p className="soft">{handover.note}</p>}
        {confirm.error !== undefined && <ErrorNotice error={confirm.error} />}
      </div>
      <span className="notice-acts">
        <Button size="small" onClick={() => go({ name: 'complaints' })}>
          {t('handover:look')}
        </Button>
        <Button
          size="small"
          type="primary"
          loading={confirm.busy}
          onClick={() => confirm.run()}
          data-testid="handover-confirm"
        >
          {t('handover:confirm')}
        </Button>
      </span>
    </div>
  )
}
