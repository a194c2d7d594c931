// All complaints: filters, search, a list of any length.
import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useCallback, useMemo } from 'react'
import { type Complaint, type ComplaintStatus, complaintStatuses } from '../../../shared/types/complaint.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { ListError } from '../../components/ListError.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { StatusWord } from '../../components/StatusWord.tsx'
import { usePagedRows } from '../../components/use-paged-rows.ts'
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx'
import { formatAmount, formatClock, formatNumber } from '../../lib/format.ts'
import { BatchLetters } from '../letters/BatchLetters.tsx'
import { useLists } from '../../stores/lists.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'

export function ComplaintsPage() {
  const t = useT()
  const locale = useLocale()
  const { query, status, category, row: openedRow } = useLists((state) => state.complaints)
  const set = useLists((state) => state.setComplaints)
  const role = useSessionStore((state) => state.session?.role)
  const summary = useCall('complaints.summary', {})
  const columns = useColumns()
  const filtered = query !== '' || status !== undefined || category !== undefined
  const rows = usePagedRows(JSON.stringify([query, status, category]), (offset, limit) =>
    call('complaints.list', {
      offset,
      limit,
      ...(query === '' ? {} : { query }),
      ...(status === undefined ? {} : { status }),
      ...(category === undefined ? {} : { category }),
    }),
  )
  const onSearch = useCallback((text: string) => set({ query: text, row: undefined }), [set])
  const count = (name: ComplaintStatus) => {
    const known = summary.data?.byStatus[name]
    return known === undefined ? '' : ` ${formatNumber(known, locale)}`
  }
  return (
    <Page
      title={t('complaints:title')}
      purpose={t('complaints:purpose')}
      searchable
      fill
      tools={
        <>
          <SearchField
            label={t('complaints:search')}
            value={query}
            onSearch={onSearch}
            testId="complaints-search"
          />
          <Select
            className="filter"
            aria-label={t('complaints:filterStatus')}
            data-testid="complaints-filter-status"
            allowClear
            placeholder={t('complaints:allStatuses')}
            value={status}
            onChange={(value: ComplaintStatus | undefined) => set({ status: value, row: undefined })}
            options={complaintStatuses.map((name) => ({
              value: name,
              label: `${t(`complaints:status.${name}`)}${count(name)}`,
            }))}
          />
          <Select
            className="filter"
            aria-label={t('complaints:filterCategory')}
            data-testid="complaints-filter-category"
            allowClear
            showSearch
            placeholder={t('complaints:allCategories')}
            value={category}
            onChange={(value: string | undefined) => set({ category: value, row: undefined })}
            options={(summary.data?.byCategory ?? []).map((one) => ({
              value: one.category,
              label: `${one.category === '' ? t('none') : one.category} ${formatNumber(one.count, locale)}`,
            }))}
          />
          <span className="tools-note" role="status" data-testid="complaints-count">
            {rows.total !== undefined && t('table.rows', { total: formatNumber(rows.total, locale) })}
            {query !== '' && rows.searched !== 'none' && ` · ${t(`searched.${rows.searched}`)}`}
          </span>
          <span className="tools-end">
            {query === '' && <BatchLetters filter={{ status, category }} total={rows.total ?? 0} />}
            {role !== 'auditor' && (
              <Button
                type={rows.total === 0 && !filtered ? 'default' : 'primary'}
                icon={<PlusOutlined />}
                onClick={() => go({ name: 'newComplaint' })}
                data-testid="complaint-add"
              >
                {t('complaints:add')}
              </Button>
            )}
          </span>
        </>
      }
    >
      <IdentitiesBanner />
      {rows.error !== undefined && <ListError error={rows.error} query={query} onRetry={rows.reload} />}
      {rows.total === undefined && rows.error === undefined && <Loading rows={8} />}
      {rows.total === 0 && !filtered && (
        <EmptyState title={t('complaints:empty')} text={t('complaints:emptyText')}>
          {role !== undefined && holdsIdentities(role) && (
            <Button type="primary" onClick={() => go({ name: 'imports' })} data-testid="complaints-import">
              {t('complaints:emptyAction')}
            </Button>
          )}
        </EmptyState>
      )}
      {rows.total === 0 && filtered && (
        <EmptyState title={t('complaints:noMatch')} text={t('complaints:noMatchText')}>
          <Button onClick={() => set({ query: '', status: undefined, category: undefined, row: undefined })}>
            {t('complaints:clearFilters')}
          </Button>
        </EmptyState>
      )}
      {rows.total !== undefined && rows.total > 0 && rows.error?.code !== 'access.denied' && (
        <div className="split">
          <VirtualTable
            label={t('complaints:title')}
            columns={columns}
            total={rows.total}
            rowAt={rows.rowAt}
            onRange={rows.onRange}
            onOpen={(row, index) => {
              set({ row: index })
              go({ name: 'complaints', id: row.id })
            }}
            startAt={openedRow}
            listKey={JSON.stringify([query, status, category])}
            testId="complaints-table"
          />
        </div>
      )}
    </Page>
  )
}

function useColumns(): Column<Complaint>[] {
  const t = useT()
  const locale = useLocale()
  return useMemo(
    () => [
      {
        key: 'complaintNo',
        title: t('complaints:fields.complaintNo'),
        width: '104px',
        mono: true,
        render: (row) => row.complaintNo,
      },
      {
        key: 'receivedAt',
        title: t('complaints:fields.receivedAt'),
        width: '124px',
        render: (row) => formatClock(row.receivedAt.slice(0, 10), locale),
      },
      {
        key: 'status',
        title: t('complaints:fields.status'),
        width: '144px',
        render: (row) => <StatusWord status={row.status} />,
      },
      {
        key: 'category',
        title: t('complaints:fields.category'),
        width: 'minmax(104px, 0.5fr)',
        render: (row) => row.category,
      },
      {
        key: 'customer',
        title: t('complaints:customer'),
        width: 'minmax(80px, 0.4fr)',
        render: (row) => row.customerName || row.customerNo,
      },
      {
        key: 'narrative',
        title: t('complaints:fields.narrative'),
        width: 'minmax(160px, 2fr)',
        render: (row) => row.narrative.slice(0, 200),
      },
      {
        key: 'review',
        title: t('complaints:reviewColumn'),
        width: '84px',
        render: (row) =>
          row.unreviewed ? <span className="warn">{t('complaints:unreviewedShort')}</span> : null,
      },
      {
        key: 'amount',
        title: t('complaints:fields.amount'),
        width: '96px',
        align: 'end',
        render: (row) => formatAmount(row.amount, locale),
      },
    ],
    [t, locale],
  )
}
