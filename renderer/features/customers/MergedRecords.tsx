// Records that are one with this customer, who said so, and taking it back.
import { App, Button } from 'antd'
import type { CustomerOverview, Merge } from '../../../shared/types/customer-work.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { formatInstant } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'

export function MergedRecords({ overview }: { overview: CustomerOverview }) {
  const t = useT()
  const locale = useLocale()
  const { message } = App.useApp()
  const role = useSessionStore((state) => state.session?.role)
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const undo = useAction(async (merge: Merge) => {
    await call('customers.unmerge', { mergeId: merge.id })
    message.success(t('customerWork:merge.undone'), 2)
    useDataStore.getState().bump()
  })
  if (overview.merged.length === 0) return null
  return (
    <section className="detail-section" data-testid="merged-records">
      <h3>{t('customerWork:merge.merged')}</h3>
      <ul className="plain-list">
        {overview.merged.map(({ merge, customer }) => (
          <li key={merge.id}>
            <p>
              <span className="mono">{customer.customerNo}</span> {customer.name}
            </p>
            <p className="soft">
              {t('customerWork:merge.info', {
                user: merge.user,
                at: formatInstant(merge.at, locale, timeZone),
                reason: merge.reason,
              })}
            </p>
            {role !== undefined && holdsIdentities(role) && (
              <Button size="small" loading={undo.busy} onClick={() => undo.run(merge)} data-testid="unmerge">
                {t('customerWork:merge.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undo.error !== undefined && <ErrorNotice error={undo.error} />}
    </section>
  )
}
