// Past imports; each can be looked at and undone as a whole.
import { App, Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { ImportBatch } from '../../../shared/types/exchange.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { formatInstant, formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useImportWizard } from '../../stores/import-wizard.ts'
import { runJob } from '../../stores/jobs.ts'
import { refreshSession, useSessionStore } from '../../stores/session.ts'
import { BatchFindings } from './FindingsTable.tsx'
import { ImportNumbers } from './ResultStep.tsx'

export function BatchList() {
  const t = useT()
  const { data, error, reload } = useCall('imports.list', {})
  return (
    <section className="stack-small">
      <h2>{t('imports:batches')}</h2>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Loading rows={3} />}
      {data?.items.length === 0 && <p className="soft">{t('imports:noBatches')}</p>}
      <ul className="batches" data-testid="import-batches">
        {data?.items.map((batch) => (
          <Batch key={batch.batchId} batch={batch} />
        ))}
      </ul>
    </section>
  )
}

function Batch({ batch }: { batch: ImportBatch }) {
  const t = useT()
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const [undoing, setUndoing] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const mayUndo = batch.state === 'live' && role !== undefined && holdsIdentities(role)
  return (
    <li className="batch" data-testid="import-batch" data-state={batch.state}>
      <div className="batch-head">
        <strong>{batch.fileName}</strong>
        <span>{t(`imports:kinds.${batch.kind}`)}</span>
        <span className={batch.state === 'undone' ? 'warn' : 'soft'}>
          {t(`imports:states.${batch.state}`)}
        </span>
        <span className="soft">
          {formatInstant(batch.at, locale, timeZone)} · {batch.user}
        </span>
        <span className="tools-end">
          <Button
            size="small"
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            data-testid="batch-findings"
          >
            {t('imports:findings')}
          </Button>
          {mayUndo && (
            <Button size="small" danger onClick={() => setUndoing(true)} data-testid="batch-undo">
              {t('imports:undo')}
            </Button>
          )}
        </span>
      </div>
      <p>
        <ImportNumbers of={batch} />
      </p>
      <p className="soft mono batch-sha">{batch.sha256}</p>
      {open && <BatchFindings batchId={batch.batchId} />}
      <PlainDialog
        open={undoing}
        onClose={() => setUndoing(false)}
        width={480}
        title={t('imports:undoTitle')}
      >
        <UndoForm batch={batch} onClose={() => setUndoing(false)} />
      </PlainDialog>
    </li>
  )
}

function UndoForm({ batch, onClose }: { batch: ImportBatch; onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const id = useId()
  const { message } = App.useApp()
  const [name, setName] = useState('')
  const undo = useAction(async () => {
    const { removed } = await runJob('undo', 'imports.undo', { batchId: batch.batchId })
    message.success(t('imports:undoDone', { n: formatNumber(removed, locale) }), 4)
    onClose()
    if (useImportWizard.getState().result?.batchId === batch.batchId) useImportWizard.getState().reset()
    useDataStore.getState().bump()
    await refreshSession()
  })
  return (
    <OwnForm className="stack-small" ready={name === batch.fileName} onSubmit={() => undo.run()}>
      <p>{t('imports:undoText', { n: formatNumber(batch.accepted, locale) })}</p>
      <label className="field" htmlFor={id}>
        <span>{t('imports:undoConfirm', { name: batch.fileName })}</span>
        <Input
          id={id}
          value={name}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          data-testid="undo-name"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {undo.error !== undefined && <ErrorNotice error={undo.error} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          danger
          type="primary"
          htmlType="submit"
          loading={undo.busy}
          disabled={name !== batch.fileName}
          data-testid="undo-confirm"
        >
          {t('imports:undo')}
        </Button>
      </div>
    </OwnForm>
  )
}
