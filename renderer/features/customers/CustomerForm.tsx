// Adding and editing. An edit sends only what was typed; emptying a field needs its own tick, so that a masked form can
// never overwrite a clear value.
import { App, Checkbox, Input } from 'antd'
import { useState } from 'react'
import {
  type Customer,
  type CustomerField,
  type CustomerPatch,
  customerFields,
} from '../../../shared/types/customer.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useDataStore } from '../../stores/data.ts'

interface Props {
  open: boolean
  /** Absent: a new customer. */
  customer?: Customer
  onClose: () => void
  onSaved: (id: string) => void
}

export function CustomerForm(props: Props) {
  const t = useT()
  const title = props.customer === undefined ? t('customers:addTitle') : t('customers:editTitle')
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={720} title={title}>
      <Form {...props} />
    </PlainDialog>
  )
}

function Form({ customer, onClose, onSaved }: Props) {
  const t = useT()
  const texts = useTexts()
  const { message } = App.useApp()
  const [values, setValues] = useState<Partial<Record<CustomerField, string>>>({})
  const [cleared, setCleared] = useState<ReadonlySet<CustomerField>>(new Set())

  const patch: CustomerPatch = {}
  for (const field of customerFields) {
    const typed = values[field]
    if (cleared.has(field)) patch[field] = ''
    else if (typed !== undefined && typed !== '') patch[field] = typed
  }
  const changed = Object.keys(patch).length > 0

  const save = useAction(async () => {
    let id: string
    if (customer === undefined) {
      id = (await call('customers.add', patch)).id
    } else {
      id = (await call('customers.update', { id: customer.id, revision: customer.revision, patch })).id
    }
    setValues({})
    useDataStore.getState().bump()
    message.success(t('customers:saved'), 2)
    onSaved(id)
  })
  const broken = (field: CustomerField) => save.error?.fields?.find((one) => one.field === field)

  return (
    <OwnForm
      className="stack"
      ready={changed}
      onSubmit={() => save.run()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && changed) save.run()
      }}
    >
      {customer !== undefined && <p className="soft">{t('customers:editHint')}</p>}
      <div className="pair tight">
        {customerFields.map((field, index) => {
          const now = customer?.[field] ?? ''
          const isCleared = cleared.has(field)
          return (
            <Field
              key={field}
              label={texts.customers.fields[field]}
              aside={
                customer === undefined || now === '' ? undefined : t('customers:current', { value: now })
              }
              error={broken(field) === undefined ? undefined : t('field.format')}
            >
              {({ id, describedBy }) => (
                <div className="form-line">
                  <Input
                    id={id}
                    value={isCleared ? '' : (values[field] ?? '')}
                    disabled={isCleared}
                    autoFocus={index === 0}
                    autoComplete="off"
                    spellCheck={false}
                    maxLength={500}
                    aria-describedby={describedBy}
                    data-testid={`customer-${field}`}
                    onChange={(event) => setValues((old) => ({ ...old, [field]: event.target.value }))}
                  />
                  {customer !== undefined && now !== '' && (
                    <Checkbox
                      checked={isCleared}
                      data-testid={`customer-${field}-clear`}
                      onChange={(event) => {
                        const next = new Set(cleared)
                        if (event.target.checked) next.add(field)
                        else next.delete(field)
                        setCleared(next)
                      }}
                    >
                      {t('customers:clearField')}
                    </Checkbox>
                  )}
                </div>
              )}
            </Field>
          )
        })}
      </div>
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={changed}
        busy={save.busy}
        onClose={onClose}
        testId="customer-save"
      >
        {!changed && customer !== undefined && <span className="soft">{t('customers:nothingChanged')}</span>}
      </FormFoot>
    </OwnForm>
  )
}
