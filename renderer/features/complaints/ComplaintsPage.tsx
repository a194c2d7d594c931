// All complaints: filters, search, a list of any length.
import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useCallback, useState } from 'react'
import type { Request } from '../../../shared/contract/index.ts'
import { type Complaint, type ComplaintStatus, complaintStatuses } from '../../../shared/types/complaint.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { ListError } from '../../components/ListError.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { usePagedRows } from '../../components/use-paged-rows.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { formatNumber } from '../../lib/format.ts'
import { BatchLetters } from '../letters/BatchLetters.tsx'
import { useLists } from '../../stores/lists.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { BulkBar, BulkDone } from './BulkBar.tsx'
import { useComplaintColumns } from './complaint-columns.tsx'
import { MoreFilters } from './MoreFilters.tsx'
import { QueueTabs } from './QueueTabs.tsx'
import { SavedViews } from './SavedViews.tsx'

/** As many as one act takes. */
const mostPicked = 5000
const pageOfIds = 1000

interface Selection {
  listKey: string
  /** Ids of complaints. */
  ids: ReadonlySet<string>
}
const nothing: ReadonlySet<string> = new Set()

const noFilter = {
  queue: undefined,
  status: undefined,
  category: undefined,
  assignee: undefined,
  severity: undefined,
  row: undefined,
}

export function ComplaintsPage() {
  const t = useT()
  const locale = useLocale()
  const lists = useLists((state) => state.complaints)
  const { query, status, category, queue, assignee, severity, sort, row: openedRow } = lists
  const set = useLists((state) => state.setComplaints)
  const role = useSessionStore((state) => state.session?.role)
  const summary = useCall('complaints.summary', {})
  const [selection, setSelection] = useState<Selection>({ listKey: '', ids: nothing })
  const [done, setDone] = useState<{ bulkId: string; changed: number }>()
  const filter: Request<'views.save'>['query'] = {
    sort,
    ...(queue === undefined ? {} : { queue }),
    ...(status === undefined ? {} : { status }),
    ...(category === undefined ? {} : { category }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(severity === undefined ? {} : { severity }),
  }
  const filtered = query !== '' || Object.keys(filter).length > 1
  const question = { ...filter, ...(query === '' ? {} : { query }) }
  const listKey = JSON.stringify(question)
  // Nothing else narrows the list: there is nothing to do.
  const emptyQueue = queue !== undefined && query === '' && Object.keys(filter).length === 2
  const rows = usePagedRows(listKey, (offset, limit) =>
    call('complaints.list', { offset, limit, ...question }),
  )
  // What was picked in another list isn't picked in this one.
  const picked = selection.listKey === listKey ? selection.ids : nothing
  const setPicked = (ids: ReadonlySet<string>) => setSelection({ listKey, ids })
  const isPicked = useCallback((id: string) => picked.has(id), [picked])
  const pick = useCallback(
    (row: Complaint, how: 'toggle' | 'add' = 'toggle') => {
      setSelection((before) => {
        const ids = new Set(before.listKey === listKey ? before.ids : nothing)
        if (how === 'toggle' && ids.has(row.id)) ids.delete(row.id)
        else if (ids.size < mostPicked) ids.add(row.id)
        return { listKey, ids }
      })
    },
    [listKey],
  )
  const mayWork = role !== undefined && role !== 'auditor'
  const columns = useComplaintColumns(isPicked, mayWork ? pick : undefined)
  const pickAll = useAction(async () => {
    const ids = new Set<string>()
    for (let offset = 0; offset < mostPicked; offset += pageOfIds) {
      const { items } = await call('complaints.list', { ...question, offset, limit: pageOfIds })
      for (const { id } of items) ids.add(id)
      if (items.length < pageOfIds) break
    }
    setPicked(ids)
  })
  const onSearch = useCallback((text: string) => set({ query: text, row: undefined }), [set])
  const count = (name: ComplaintStatus) => {
    const known = summary.data?.byStatus[name]
    return known === undefined ? '' : ` ${formatNumber(known, locale)}`
  }
  return (
    <Page
      title={t('complaints:title')}
      purpose={t('complaints:purpose')}
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
          <MoreFilters />
          <span className="tools-note" role="status" data-testid="complaints-count">
            {rows.total !== undefined && t('table.rows', { total: formatNumber(rows.total, locale) })}
            {query !== '' && rows.searched !== 'none' && ` · ${t(`searched.${rows.searched}`)}`}
          </span>
          <span className="tools-end">
            {mayWork && rows.total !== undefined && rows.total > 0 && (
              <Button loading={pickAll.busy} onClick={() => pickAll.run()} data-testid="complaints-pick-all">
                {t('clocks:selectAll', { count: formatNumber(Math.min(rows.total, mostPicked), locale) })}
              </Button>
            )}
            {/* A batch knows status and category: with any other filter it would reach cases that aren't in the list. */}
            {query === '' && queue === undefined && assignee === undefined && severity === undefined && (
              <BatchLetters filter={{ status, category }} total={rows.total ?? 0} />
            )}
            <SavedViews query={filter} onChoose={(view) => set({ ...noFilter, query: '', ...view })} />
            {mayWork && (
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
      <QueueTabs
        counts={summary.data?.queues}
        total={summary.data?.total}
        current={queue}
        onChoose={(name) => set({ queue: name, row: undefined })}
      />
      <IdentitiesBanner />
      {picked.size > 0 && (
        <BulkBar
          ids={[...picked]}
          onClear={() => setPicked(nothing)}
          onDone={(answer) => {
            setPicked(nothing)
            setDone(answer)
          }}
        />
      )}
      {done !== undefined && <BulkDone key={done.bulkId} {...done} />}
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
      {rows.total === 0 && emptyQueue && (
        <EmptyState title={t('clocks:queueEmpty')} text={t('clocks:queueEmptyText')} />
      )}
      {rows.total === 0 && filtered && !emptyQueue && (
        <EmptyState title={t('complaints:noMatch')} text={t('complaints:noMatchText')}>
          <Button onClick={() => set({ ...noFilter, query: '' })}>{t('complaints:clearFilters')}</Button>
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
            listKey={listKey}
            {...(mayWork ? { onPick: pick, isPicked: (row: Complaint) => picked.has(row.id) } : {})}
            testId="complaints-table"
          />
        </div>
      )}
    </Page>
  )
}
