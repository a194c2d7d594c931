// Entering a transaction of a customer by hand.
import { App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type TransactionKind, transactionKinds } from '../../../shared/types/transaction.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { useDataStore } from '../../stores/data.ts'

interface Props {
  open: boolean
  customerId: string
  onClose: () => void
}

const textFields = [
  'transactionNo',
  'date',
  'amount',
  'currency',
  'status',
  'complaintNo',
  'description',
] as const
type TextField = (typeof textFields)[number]

export function TransactionForm({ open, customerId, onClose }: Props) {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      title={t('transactions:addTitle')}
      closable={{ 'aria-label': t('actions.close') }}
    >
      <Form customerId={customerId} onClose={onClose} />
    </Modal>
  )
}

function Form({ customerId, onClose }: Omit<Props, 'open'>) {
  const t = useT()
  const { message } = App.useApp()
  const [kind, setKind] = useState<TransactionKind>('order')
  const [values, setValues] = useState<Partial<Record<TextField, string>>>({ currency: 'CNY' })
  const save = useAction(async () => {
    await call('transactions.add', { ...values, kind, customerId })
    useDataStore.getState().bump()
    message.success(t('transactions:saved'), 2)
    onClose()
  })
  const broken = (field: TextField) =>
    save.error?.fields?.some((one) => one.field === field) === true ? t('field.format') : undefined
  return (
    <OwnForm className="stack" onSubmit={() => save.run()}>
      <IdentitiesBanner />
      <div className="pair tight">
        <Field label={t('transactions:fields.kind')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              value={kind}
              onChange={setKind}
              options={transactionKinds.map((value) => ({ value, label: t(`transactions:kinds.${value}`) }))}
            />
          )}
        </Field>
        {textFields.map((field, index) => (
          <Field key={field} label={t(`transactions:fields.${field}`)} error={broken(field)}>
            {({ id, describedBy }) => (
              <Input
                id={id}
                value={values[field] ?? ''}
                autoFocus={index === 0}
                autoComplete="off"
                spellCheck={false}
                maxLength={field === 'currency' ? 3 : 500}
                aria-describedby={describedBy}
                data-testid={`transaction-${field}`}
                onChange={(event) => {
                  const { value } = event.target
                  const typed = field === 'currency' ? value.toUpperCase() : value
                  setValues((old) => ({ ...old, [field]: typed }))
                }}
              />
            )}
          </Field>
        ))}
      </div>
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.busy} data-testid="transaction-save">
          {t('actions.save')}
        </Button>
      </div>
    </OwnForm>
  )
}
