// What the list of complaints shows of each.
import { useMemo } from 'react'
import type { Complaint } from '../../../shared/types/complaint.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { StatusWord } from '../../components/StatusWord.tsx'
import type { Column } from '../../components/VirtualTable.tsx'
import { formatAmount, formatClock, formatDay } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useMinute } from '../../lib/use-minute.ts'

/** @param pick what turns a row's mark round; without one, rows can't be picked */
export function useComplaintColumns(
  isPicked: (id: string) => boolean,
  pick: ((row: Complaint) => void) | undefined,
): Column<Complaint>[] {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  // A list that stays open all day still turns its rows overdue.
  const now = useMinute()
  return useMemo(
    () => [
      ...(pick === undefined
        ? []
        : [
            {
              key: 'pick',
              title: '',
              width: '36px',
              render: (row: Complaint) => (
                <input
                  type="checkbox"
                  tabIndex={-1}
                  aria-label={t('clocks:select')}
                  checked={isPicked(row.id)}
                  onClick={(event) => event.stopPropagation()}
                  onChange={() => pick(row)}
                  data-testid="complaint-pick"
                />
              ),
            },
          ]),
      {
        key: 'complaintNo',
        title: t('complaints:fields.complaintNo'),
        width: '100px',
        mono: true,
        render: (row) => row.complaintNo,
      },
      {
        key: 'receivedAt',
        title: t('complaints:fields.receivedAt'),
        width: '100px',
        render: (row) => formatClock(row.receivedAt.slice(0, 10), locale),
      },
      {
        key: 'status',
        title: t('complaints:fields.status'),
        width: '124px',
        render: (row) => <StatusWord status={row.status} />,
      },
      {
        key: 'due',
        title: t('clocks:columns.due'),
        width: '100px',
        render: (row) =>
          row.due === null ? null : (
            <span className={row.due.at.slice(0, 16) < now ? 'late' : undefined}>
              {formatDay(row.due.at, locale, timeZone)}
            </span>
          ),
      },
      {
        key: 'severity',
        title: t('clocks:columns.severity'),
        width: '56px',
        render: (row) =>
          row.severity === null ? null : (
            <span className={row.severity === 'high' ? 'late' : undefined}>
              {t(`cases:severities.${row.severity}`)}
            </span>
          ),
      },
      {
        key: 'assignee',
        title: t('clocks:columns.assignee'),
        width: 'minmax(56px, 0.3fr)',
        render: (row) => row.assignee?.name ?? null,
      },
      {
        key: 'category',
        title: t('complaints:fields.category'),
        width: 'minmax(80px, 0.5fr)',
        render: (row) => row.category,
      },
      {
        key: 'customer',
        title: t('complaints:customer'),
        width: 'minmax(56px, 0.4fr)',
        render: (row) => row.customerName || row.customerNo,
      },
      {
        key: 'narrative',
        title: t('complaints:fields.narrative'),
        width: 'minmax(80px, 2fr)',
        render: (row) => row.narrative.slice(0, 200),
      },
      {
        key: 'review',
        title: t('complaints:reviewColumn'),
        width: '56px',
        render: (row) =>
          row.unreviewed ? <span className="warn">{t('complaints:unreviewedShort')}</span> : null,
      },
      {
        key: 'amount',
        title: t('complaints:fields.amount'),
        width: '76px',
        align: 'end',
        render: (row) => formatAmount(row.amount, locale),
      },
    ],
    [t, locale, timeZone, now, isPicked, pick],
  )
}
