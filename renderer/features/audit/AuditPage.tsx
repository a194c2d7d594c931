// The log, newest first, and the proof that nothing was changed.
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { AuditEntry, AuditReport } from '../../../shared/types/exchange.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { CannotSign } from '../../components/CannotSign.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { usePagedRows } from '../../components/use-paged-rows.ts'
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx'
import { formatInstant, formatNumber } from '../../lib/format.ts'
import { refreshSession, useSessionStore } from '../../stores/session.ts'
import { AuditEntryDetail } from './AuditEntryDetail.tsx'
import { AuditVerdict } from './AuditVerdict.tsx'
import { CheckpointDialog } from './CheckpointDialog.tsx'
import { detailText, subjectText } from './detail-text.ts'
import { usePersonNames } from './use-person-names.ts'
import { VerifyDialog } from './VerifyDialog.tsx'

export function AuditPage() {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const [action, setAction] = useState<string>()
  const [report, setReport] = useState<AuditReport>()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState<string>()
  const [shown, setShown] = useState<AuditEntry>()
  const columns = useColumns(shown !== undefined)
  const rows = usePagedRows(`audit ${action ?? ''}`, (offset, limit) => listFrom(offset, limit, action))
  const canSign = useSessionStore((state) => state.session?.canSign ?? false)
  const checkpoint = useAction(async () => {
    const answer = await call('audit.checkpoint', {})
    setNote(answer.note)
    rows.reload()
    await refreshSession()
  })
  return (
    <Page
      title={t('audit:title')}
      purpose={t('audit:purpose')}
      fill
      tools={
        <>
          <Select
            className="filter wide"
            allowClear
            showSearch
            aria-label={t('audit:filter')}
            placeholder={t('audit:all')}
            data-testid="audit-filter"
            value={action}
            onChange={setAction}
            options={Object.entries(texts.audit.actions).map(([value, label]) => ({ value, label }))}
          />
          <span className="tools-note" role="status" data-testid="audit-count">
            {rows.total !== undefined && t('table.rows', { total: formatNumber(rows.total, locale) })}
          </span>
          <span className="tools-end">
            <Button
              loading={checkpoint.busy}
              disabled={!canSign}
              onClick={() => checkpoint.run()}
              data-testid="audit-checkpoint"
            >
              {t('audit:checkpoint')}
            </Button>
            <Button type="primary" onClick={() => setAsking(true)} data-testid="audit-verify">
              {t('audit:verify')}
            </Button>
          </span>
        </>
      }
    >
      <CannotSign />
      {checkpoint.error !== undefined && <ErrorNotice error={checkpoint.error} />}
      {report !== undefined && <AuditVerdict report={report} onClose={() => setReport(undefined)} />}
      {rows.error !== undefined && <ErrorNotice error={rows.error} onRetry={rows.reload} />}
      {rows.total === undefined && rows.error === undefined && <Loading rows={8} />}
      {rows.total === 0 && <EmptyState title={t('audit:empty')} text={t('audit:emptyText')} />}
      {rows.total !== undefined && rows.total > 0 && (
        <div className="split">
          <VirtualTable
            label={t('audit:entries')}
            columns={columns}
            total={rows.total}
            rowAt={rows.rowAt}
            onRange={rows.onRange}
            onOpen={setShown}
            onEscape={() => setShown(undefined)}
            isCurrent={(row) => row.index === shown?.index}
            listKey={action ?? ''}
            testId="audit-table"
          />
          {shown !== undefined && <AuditEntryDetail entry={shown} onClose={() => setShown(undefined)} />}
        </div>
      )}
      <VerifyDialog open={asking} onClose={() => setAsking(false)} onReport={setReport} />
      <CheckpointDialog note={note} onClose={() => setNote(undefined)} />
    </Page>
  )
}

/**
 * The log pages by `before`; entries are numbered without gaps, so row n of the whole list, newest first, is the entry
 * `newest - n`. With a filter there are gaps: pages are then walked from the top.
 */
async function listFrom(offset: number, limit: number, action: string | undefined) {
  const filter = action === undefined ? {} : { action }
  const newest = await call('audit.list', { limit: offset === 0 ? limit : 1, ...filter })
  const first = newest.items[0]
  if (offset === 0 || first === undefined) return { ...newest, searched: 'none' as const }
  if (action === undefined) {
    const before = first.index - offset + 1
    const items = before <= 0 ? [] : (await call('audit.list', { limit, before })).items
    return { items, total: newest.total, searched: 'none' as const }
  }
  let before = first.index + 1
  let skip = offset
  while (skip > 0) {
    const { items } = await call('audit.list', { limit: Math.min(1000, skip), before, ...filter })
    const last = items.at(-1)
    if (last === undefined) return { items: [], total: newest.total, searched: 'none' as const }
    before = last.index
    skip -= items.length
  }
  const { items } = await call('audit.list', { limit, before, ...filter })
  return { items, total: newest.total, searched: 'none' as const }
}

function useColumns(narrow: boolean): Column<AuditEntry>[] {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const names = usePersonNames()
  return useMemo(() => {
    const columns: Column<AuditEntry>[] = [
      {
        key: 'index',
        title: t('audit:index'),
        width: '64px',
        align: 'end',
        render: (row) => formatNumber(row.index, locale),
      },
      {
        key: 'at',
        title: t('audit:at'),
        width: '168px',
        render: (row) => formatInstant(row.at, locale, timeZone),
      },
      { key: 'user', title: t('audit:user'), width: '96px', render: (row) => row.user },
      {
        key: 'action',
        title: t('audit:action'),
        width: 'minmax(176px, 0.6fr)',
        render: (row) => codeText(texts.audit.actions, row.action) ?? row.action,
      },
      {
        key: 'subject',
        title: t('audit:subject'),
        width: 'minmax(96px, 0.3fr)',
        mono: true,
        render: (row) => subjectText(row.subject, texts, names),
      },
      {
        key: 'detail',
        title: t('audit:detail'),
        width: 'minmax(160px, 1.8fr)',
        render: (row) => detailText(row, { texts, locale, timeZone, names }),
      },
    ]
    return narrow ? columns.filter((column) => column.key !== 'detail') : columns
  }, [narrow, t, texts, locale, timeZone, names])
}
