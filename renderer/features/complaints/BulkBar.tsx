// The same act on the complaints that are picked, and taking the last one back.
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { type AppError, errorCodes } from '../../../shared/errors.ts'
import { errorText } from '../../../shared/locales/index.ts'
import type { Request } from '../../../shared/contract/index.ts'
import { severities, severitySchema } from '../../../shared/types/case.ts'
import { complaintStatuses, complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { categoryChoice, CategoryInput, useCategoryTree } from './CategoryInput.tsx'

interface Props {
  /** Ids of what is picked. */
  ids: readonly string[]
  onClear: () => void
  onDone: (done: { bulkId: string; changed: number }) => void
}

type BulkInput = Request<'complaints.bulk'>

export function BulkBar({ ids, onClear, onDone }: Props) {
  const t = useT()
  const locale = useLocale()
  const people = (useCall('users.list', {}).data?.items ?? []).filter(({ state }) => state === 'active')
  const [assignee, setAssignee] = useState<string>()
  const [severity, setSeverity] = useState<string>()
  const [status, setStatus] = useState<string>()
  const [category, setCategory] = useState('')
  const [subcategory, setSubcategory] = useState('')
  const [note, setNote] = useState('')
  const choice = categoryChoice(useCategoryTree(), { category, subcategory })
  const below = choice.subcategories.length > 0
  const said =
    assignee !== undefined || severity !== undefined || status !== undefined || category.trim() !== ''
  const apply = useAction(async () => {
    const person = people.find(({ id }) => id === assignee)
    // Taken away on purpose only, never because the chosen one has left the list.
    if (assignee !== undefined && assignee !== '' && person === undefined) return
    const patch: BulkInput['patch'] = {
      ...(assignee === undefined ? {} : { assignee: person?.id ?? null }),
      ...(severity === undefined ? {} : { severity: severitySchema.parse(severity) }),
      ...(category.trim() === '' ? {} : { category: category.trim() }),
      ...(below && subcategory.trim() !== '' ? { subcategory: subcategory.trim() } : {}),
    }
    const step = status === undefined ? {} : { status: complaintStatusSchema.parse(status) }
    onDone(await runJob('bulk', 'complaints.bulk', { ids: [...ids], patch, note, ...step }, ids.length))
    useDataStore.getState().bump()
  })
  const count = formatNumber(ids.length, locale)
  return (
    <OwnForm
      className="bulk-bar"
      aria-label={t('clocks:selected', { count })}
      onSubmit={() => apply.run()}
      data-testid="bulk-bar"
    >
      <strong role="status">{t('clocks:selected', { count })}</strong>
      <Select
        className="filter"
        allowClear
        aria-label={t('clocks:bulkAssign')}
        placeholder={t('clocks:bulkAssign')}
        value={assignee}
        onChange={setAssignee}
        data-testid="bulk-assignee"
        options={[
          { value: '', label: t('clocks:bulkNobody') },
          ...people.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <Select
        className="filter narrow"
        allowClear
        aria-label={t('clocks:bulkSeverity')}
        placeholder={t('clocks:bulkSeverity')}
        value={severity}
        onChange={setSeverity}
        data-testid="bulk-severity"
        options={severities.map((value) => ({ value, label: t(`cases:severities.${value}`) }))}
      />
      <Select
        className="filter"
        allowClear
        aria-label={t('clocks:bulkStatus')}
        placeholder={t('clocks:bulkStatus')}
        value={status}
        onChange={setStatus}
        data-testid="bulk-status"
        options={complaintStatuses
          .filter((value) => value !== 'received')
          .map((value) => ({ value, label: t(`complaints:status.${value}`) }))}
      />
      <CategoryInput
        className="filter"
        label={t('clocks:bulkCategory')}
        placeholder={t('clocks:bulkCategory')}
        value={category}
        offered={choice.categories}
        outside={choice.outside === 'category'}
        onChange={setCategory}
        testId="bulk-category"
      />
      {below && (
        <CategoryInput
          className="filter"
          label={t('categories:subPlaceholder')}
          placeholder={t('categories:subPlaceholder')}
          value={subcategory}
          offered={choice.subcategories}
          outside={choice.outside === 'subcategory'}
          onChange={setSubcategory}
          testId="bulk-subcategory"
        />
      )}
      {status !== undefined && (
        <Input
          className="bulk-note"
          placeholder={t('clocks:bulkNote')}
          aria-label={t('clocks:bulkNote')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          data-testid="bulk-note"
        />
      )}
      <Button htmlType="submit" disabled={!said} loading={apply.busy} data-testid="bulk-apply">
        {t('clocks:bulkApply', { count })}
      </Button>
      <Button type="text" onClick={onClear} data-testid="bulk-clear">
        {t('clocks:clearSelection')}
      </Button>
      {apply.error !== undefined && (
        <ErrorNotice error={apply.error}>
          <RefusedCases error={apply.error} />
        </ErrorNotice>
      )}
    </OwnForm>
  )
}

const mostShown = 8

/** Which of the picked complaints stood in the way, and why. */
export function RefusedCases({ error }: { error: AppError }) {
  const locale = useLocale()
  if (error.code !== 'bulk.refused') return null
  return (
    <ul>
      {(error.fields ?? [])
        .filter(({ rule }) => rule !== 'count')
        .slice(0, mostShown)
        .map(({ field, rule }) => {
          const code = errorCodes.find((one) => one === rule)
          return (
            <li key={field}>
              {field} {code === undefined ? rule : errorText(locale, code).what}
            </li>
          )
        })}
    </ul>
  )
}

/** What the last act did, with the way back. */
export function BulkDone({ bulkId, changed }: { bulkId: string; changed: number }) {
  const t = useT()
  const locale = useLocale()
  const [result, setResult] = useState<{ undone: number; skipped: { complaintNo: string }[] }>()
  const undo = useAction(async () => {
    setResult(await runJob('bulk', 'complaints.undoBulk', { bulkId }, changed))
    useDataStore.getState().bump()
  })
  return (
    <div className="notice-bar" role="status" data-testid="bulk-done">
      {result === undefined ? (
        <>
          <span>{t('clocks:bulkDone', { count: formatNumber(changed, locale) })}</span>
          <Button size="small" loading={undo.busy} onClick={() => undo.run()} data-testid="bulk-undo">
            {t('clocks:bulkUndo')}
          </Button>
        </>
      ) : (
        <span>
          {t('clocks:bulkUndone', { count: formatNumber(result.undone, locale) })}{' '}
          {result.skipped.length > 0 &&
            t('clocks:bulkSkipped', {
              count: formatNumber(result.skipped.length, locale),
              numbers: result.skipped
                .slice(0, mostShown)
                .map(({ complaintNo }) => complaintNo)
                .join(', '),
            })}
        </span>
      )}
      {undo.error !== undefined && <ErrorNotice error={undo.error} />}
    </div>
  )
}
