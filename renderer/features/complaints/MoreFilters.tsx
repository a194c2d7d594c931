// Whose complaints, how grave, in which order.
import { Select } from 'antd'
import { severities } from '../../../shared/types/case.ts'
import { type ComplaintSort, complaintSorts } from '../../../shared/types/complaint.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { useLists } from '../../stores/lists.ts'

export function MoreFilters() {
  const t = useT()
  const { assignee, severity, sort } = useLists((state) => state.complaints)
  const set = useLists((state) => state.setComplaints)
  const people = useCall('users.list', {}).data?.items ?? []
  return (
    <>
      <Select
        className="filter"
        allowClear
        aria-label={t('clocks:columns.assignee')}
        placeholder={t('clocks:anybody')}
        value={assignee}
        onChange={(value: string | undefined) => set({ assignee: value, row: undefined })}
        options={people.map(({ id, name }) => ({ value: String(id), label: name }))}
        data-testid="complaints-filter-assignee"
      />
      <Select
        className="filter narrow"
        allowClear
        aria-label={t('clocks:columns.severity')}
        placeholder={t('clocks:anySeverity')}
        value={severity}
        onChange={(value: (typeof severities)[number] | undefined) =>
          set({ severity: value, row: undefined })
        }
        options={severities.map((value) => ({ value, label: t(`cases:severities.${value}`) }))}
        data-testid="complaints-filter-severity"
      />
      <Select
        className="filter narrow"
        aria-label={t('clocks:sort')}
        value={sort}
        onChange={(value: ComplaintSort) => set({ sort: value, row: undefined })}
        options={complaintSorts.map((value) => ({ value, label: t(`clocks:sorts.${value}`) }))}
        data-testid="complaints-sort"
      />
    </>
  )
}
