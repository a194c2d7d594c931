import { Button, Input, Radio, Segmented } from 'antd'
import { useState } from 'react'
import { type ExportResult, type RecordKind, recordKindSchema } from '../../../shared/types/exchange.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { CannotSign } from '../../components/CannotSign.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { compactNow } from '../../lib/format.ts'
import { fileNameOf, joinPath } from '../../lib/paths.ts'
import { runJob } from '../../stores/jobs.ts'
import { refreshSession, useSaveFolder, useSessionStore } from '../../stores/session.ts'

/** Choosing what leaves and where to; clear values need a reason and say what that means. */
export function ExportForm({ onDone }: { onDone: (result: ExportResult) => void }) {
  const t = useT()
  const info = useSessionStore((state) => state.info)
  const role = useSessionStore((state) => state.session?.role)
  const mayClear = role !== undefined && holdsIdentities(role)
  const [kind, setKind] = useState<RecordKind>('customers')
  const [clear, setClear] = useState(false)
  const [reason, setReason] = useState('')
  const [folder, setFolder] = useState(useSaveFolder())
  const [ownName, setOwnName] = useState<string>()
  // To the minute: a second export on the same day must not meet the first one's folder.
  const [stamp] = useState(() => compactNow())
  const name = ownName ?? `guicang-${kind}-${clear ? 'clear-' : ''}${stamp}`
  const canSign = useSessionStore((state) => state.session?.canSign ?? false)
  const ready = canSign && folder.trim() !== '' && fileNameOf(name) !== '' && (!clear || reason.trim() !== '')
  const run = useAction(async () => {
    const result = await runJob('export', 'exports.run', {
      kind,
      format: 'csv',
      out: joinPath(folder.trim(), fileNameOf(name), info?.platform ?? ''),
      clear,
      reason: reason.trim(),
    })
    onDone(result)
    await refreshSession()
  })
  return (
    <OwnForm className="stack" ready={ready} onSubmit={() => run.run()}>
      <div className="field">
        <span className="field-label">{t('exports:kind')}</span>
        <div>
          <Segmented
            aria-label={t('exports:kind')}
            value={kind}
            data-testid="export-kind"
            options={recordKindSchema.options.map((value) => ({ value, label: t(`imports:kinds.${value}`) }))}
            onChange={setKind}
          />
        </div>
      </div>
      <fieldset className="choice">
        <legend className="field-label">{t('exports:scope')}</legend>
        <Radio.Group
          value={clear ? 'clear' : 'masked'}
          onChange={(event) => setClear(event.target.value === 'clear')}
        >
          <Radio value="masked" data-testid="export-masked">
            <span className="choice-name">{t('exports:masked')}</span>
            <span className="choice-text">{t('exports:maskedText')}</span>
          </Radio>
          <Radio value="clear" disabled={!mayClear} data-testid="export-clear">
            <span className="choice-name">{t('exports:clear')}</span>
            <span className={clear ? 'choice-text leaves' : 'choice-text'}>{t('exports:clearText')}</span>
            {!mayClear && <span className="choice-text warn">{t('exports:clearNoRight')}</span>}
          </Radio>
        </Radio.Group>
      </fieldset>
      {clear && (
        <Field label={t('exports:reason')} hint={t('exports:reasonHint')}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={reason}
              maxLength={500}
              autoComplete="off"
              aria-describedby={describedBy}
              data-testid="export-reason"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="pair">
        <Field label={t('exports:folder')}>
          {({ id }) => (
            <PathField
              id={id}
              purpose="export-folder"
              value={folder}
              onChange={setFolder}
              testId="export-folder"
            />
          )}
        </Field>
        <Field label={t('exports:name')}>
          {({ id }) => (
            <Input
              id={id}
              value={name}
              autoComplete="off"
              spellCheck={false}
              data-testid="export-name"
              onChange={(event) => setOwnName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <CannotSign />
      {run.error !== undefined && <ErrorNotice error={run.error} />}
      <div>
        <Button
          type="primary"
          danger={clear}
          htmlType="submit"
          loading={run.busy}
          disabled={!ready}
          data-testid="export-run"
        >
          {clear ? t('exports:runClear') : t('exports:run')}
        </Button>
      </div>
    </OwnForm>
  )
}
