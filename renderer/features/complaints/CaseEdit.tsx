// Editing a complaint. Plain facts stand in the form as they are; narrative and outcome start empty, since the form must
// not hold originals: left empty they stay as they are.
import { App, Input } from 'antd'
import { useState } from 'react'
import type { Request } from '../../../shared/contract/index.ts'
import type { Complaint } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { categoryChoice, CategoryInput, useCategoryTree } from './CategoryInput.tsx'
import { useDataStore } from '../../stores/data.ts'

type ComplaintPatch = Request<'complaints.update'>['patch']

interface Props {
  open: boolean
  complaint: Complaint
  onClose: () => void
}

const facts = ['receivedAt', 'channel', 'category', 'subcategory', 'amount', 'handler'] as const
const originals = ['narrative', 'outcome'] as const

export function CaseEdit(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={720} title={t('complaints:editTitle')}>
      <Form {...props} />
    </PlainDialog>
  )
}

function Form({ complaint, onClose }: Props) {
  const t = useT()
  const labels = useTexts().complaints.fields
  const { message } = App.useApp()
  const [typed, setTyped] = useState<ComplaintPatch>({})
  const tree = useCategoryTree()
  const choice = categoryChoice(tree, {
    category: typed.category ?? complaint.category,
    subcategory: typed.subcategory ?? complaint.subcategory,
  })
  const put = (change: ComplaintPatch) => setTyped((old) => ({ ...old, ...change }))

  const patch: ComplaintPatch = {}
  for (const field of facts) {
    const value = typed[field]?.trim()
    if (value !== undefined && value !== complaint[field]) patch[field] = value
  }
  for (const field of originals) {
    const value = typed[field]
    if (value !== undefined && value.trim() !== '') patch[field] = value
  }
  const changed = Object.keys(patch).length > 0

  const save = useAction(async () => {
    await call('complaints.update', { id: complaint.id, revision: complaint.revision, patch })
    setTyped({})
    useDataStore.getState().bump()
    message.success(t('customers:saved'), 2)
    onClose()
  })
  const broken = (field: string) =>
    save.error?.fields?.some((one) => one.field.endsWith(field)) === true ? t('field.format') : undefined

  return (
    <OwnForm className="stack-small" ready={changed} onSubmit={() => save.run()}>
      <div className="pair tight">
        {facts.map((field, index) => (
          <Field key={field} label={labels[field]} error={broken(field)}>
            {({ id, describedBy }) =>
              field === 'category' || field === 'subcategory' ? (
                <CategoryInput
                  id={id}
                  describedBy={describedBy}
                  value={typed[field] ?? complaint[field]}
                  offered={field === 'category' ? choice.categories : choice.subcategories}
                  outside={choice.outside === field}
                  onChange={(value) => put({ [field]: value })}
                  testId={`case-edit-${field}`}
                />
              ) : (
                <Input
                  id={id}
                  value={typed[field] ?? complaint[field]}
                  autoFocus={index === 0}
                  autoComplete="off"
                  maxLength={200}
                  aria-describedby={describedBy}
                  data-testid={`case-edit-${field}`}
                  onChange={(event) => put({ [field]: event.target.value })}
                />
              )
            }
          </Field>
        ))}
      </div>
      {originals.map((field) => (
        <Field key={field} label={labels[field]} hint={t('complaints:editHint')} error={broken(field)}>
          {({ id, describedBy }) => (
            <Input.TextArea
              id={id}
              rows={3}
              value={typed[field] ?? ''}
              aria-describedby={describedBy}
              data-testid={`case-edit-${field}`}
              onChange={(event) => put({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={changed}
        busy={save.busy}
        onClose={onClose}
        testId="case-edit-save"
      >
        {!changed && <span className="soft">{t('customers:nothingChanged')}</span>}
      </FormFoot>
    </OwnForm>
  )
}
