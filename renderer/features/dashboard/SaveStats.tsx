// Saving the numbers as they are shown.
import { App, Button, Segmented } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { joinPath } from '../../lib/paths.ts'
import { useSaveFolder, useSessionStore } from '../../stores/session.ts'
import type { Range } from './ranges.ts'

interface Props {
  open: boolean
  range: Range
  shareable: boolean
  onClose: () => void
}

export function SaveStats(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={560} title={t('dashboard:saveTitle')}>
      <SaveForm {...props} />
    </PlainDialog>
  )
}

function SaveForm({ range, shareable, onClose }: Props) {
  const t = useT()
  const { message } = App.useApp()
  const info = useSessionStore((state) => state.info)
  const [format, setFormat] = useState<'csv' | 'json'>('csv')
  const name = `guicang-stats-${shareable ? 'shareable-' : ''}${range.from}-${range.to}.${format}`
  const folder = useSaveFolder()
  const [own, setOwn] = useState<string>()
  const out = own ?? joinPath(folder, name, info?.platform ?? '')
  const save = useAction(async () => {
    const { path } = await call('stats.save', { ...range, shareable, format, out: out.trim() })
    message.success(t('dashboard:saved', { path }), 6)
    onClose()
  })
  return (
    <OwnForm className="stack-small" ready={out.trim() !== ''} onSubmit={() => save.run()}>
      <p className="soft">{t('dashboard:saveText')}</p>
      <div className="field">
        <span className="field-label">{t('dashboard:format')}</span>
        <div>
          <Segmented
            aria-label={t('dashboard:format')}
            value={format}
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={setFormat}
          />
        </div>
      </div>
      <Field label={t('files.file')}>
        {({ id }) => (
          <PathField
            id={id}
            purpose="new-file"
            value={out}
            onChange={setOwn}
            suggestedName={name}
            testId="dashboard-out"
          />
        )}
      </Field>
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.busy} data-testid="dashboard-save-confirm">
          {t('actions.save')}
        </Button>
      </div>
    </OwnForm>
  )
}
