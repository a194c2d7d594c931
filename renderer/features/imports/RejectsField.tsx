import { useT } from '../../app/i18n.ts'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { useImportWizard } from '../../stores/import-wizard.ts'

/** Where the rows that can't be read are written to; asked for once a dry run has found some. */
export function RejectsField() {
  const t = useT()
  const { rejectsPath, set } = useImportWizard()
  return (
    <Field label={t('imports:rejectsPath')} hint={t('imports:rejectsHint')}>
      {({ id }) => (
        <PathField
          id={id}
          purpose="new-file"
          suggestedName="rejects.csv"
          value={rejectsPath}
          onChange={(value) => set({ rejectsPath: value })}
          testId="import-rejects"
        />
      )}
    </Field>
  )
}
