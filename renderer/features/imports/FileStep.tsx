import { Button, Segmented } from 'antd'
import { recordKindSchema } from '../../../shared/types/exchange.ts'
import { useT } from '../../app/i18n.ts'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { useImportWizard } from '../../stores/import-wizard.ts'

const auto = 'auto'

/** Which file, and what is in it. */
export function FileStep({ busy, onRead }: { busy: boolean; onRead: () => void }) {
  const t = useT()
  const { path, kind, set } = useImportWizard()
  const ready = path.trim() !== ''
  return (
    <OwnForm className="stack-small" ready={ready && !busy} onSubmit={() => onRead()}>
      <Field label={t('imports:path')} hint={t('imports:pathHint')}>
        {({ id }) => (
          <PathField
            id={id}
            purpose="import-file"
            value={path}
            onChange={(value) => set({ path: value })}
            testId="import-path"
          />
        )}
      </Field>
      <div className="field">
        <span className="field-label">{t('imports:kind')}</span>
        <div>
          <Segmented
            aria-label={t('imports:kind')}
            value={kind ?? auto}
            data-testid="import-kind"
            options={[
              { value: auto, label: t('imports:kindAuto') },
              ...recordKindSchema.options.map((name) => ({ value: name, label: t(`imports:kinds.${name}`) })),
            ]}
            onChange={(value) => set({ kind: recordKindSchema.options.find((name) => name === value) })}
          />
        </div>
      </div>
      <div className="wizard-foot">
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!ready}
          data-testid="import-preview"
        >
          {t('imports:preview')}
        </Button>
      </div>
    </OwnForm>
  )
}
