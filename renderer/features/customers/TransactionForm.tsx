// Entering a transaction of a customer by hand, and correcting one. A correction sends only what was changed: texts that
// records hold redacted start empty, so that the form can never overwrite an original with what stands there in its place.
import { App, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import {
  type Transaction,
  type TransactionKind,
  type TransactionPatch,
  transactionKinds,
} from '../../../shared/types/transaction.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { TradeSecret } from '../../components/TradeSecret.tsx'
import { useDataStore } from '../../stores/data.ts'

interface Props {
  open: boolean
  /** Whose a new one is. */
  customerId: string | null
  /** The one that is corrected; absent: a new one. */
  transaction?: Transaction
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

/** Whether this person may neither see nor correct a field of this transaction. */
function isWithheld(field: TextField, transaction: Transaction | undefined): boolean {
  return transaction !== undefined && transaction[field] === null
}

/** As a mask shows a number that a recogniser takes for personal data. */
const hidden = '***'

/** Whether what records show may be less than the original. */
function isVeiled(field: TextField, shown: string): boolean {
  return field === 'status' || field === 'description' || shown === hidden
}

export function TransactionForm({ open, onClose, ...rest }: Props) {
  const t = useT()
  return (
    <PlainDialog
      open={open}
      onClose={onClose}
      width={720}
      title={t(rest.transaction === undefined ? 'transactions:addTitle' : 'transactions:editTitle')}
    >
      <Form onClose={onClose} {...rest} />
    </PlainDialog>
  )
}

function Form({ customerId, transaction, onClose }: Omit<Props, 'open'>) {
  const t = useT()
  const { message } = App.useApp()
  const [kind, setKind] = useState<TransactionKind>(transaction?.kind ?? 'order')
  const [values, setValues] = useState<Partial<Record<TextField, string>>>(
    transaction === undefined ? { currency: 'CNY' } : {},
  )
  const [emptied, setEmptied] = useState<ReadonlySet<TextField>>(new Set())

  const patch: TransactionPatch = {}
  const fields = textFields.filter((field) => !isWithheld(field, transaction))
  for (const field of fields) {
    const [typed, shown] = [values[field], transaction?.[field] ?? '']
    if (emptied.has(field)) patch[field] = ''
    else if (typed !== undefined && typed !== (isVeiled(field, shown) ? '' : shown)) patch[field] = typed
  }
  if (transaction !== undefined && kind !== transaction.kind) patch.kind = kind
  const changed = Object.keys(patch).length > 0

  const save = useAction(async () => {
    if (transaction !== undefined) {
      const { id, revision } = transaction
      await call('transactions.update', { id, revision, patch })
    } else if (customerId !== null) await call('transactions.add', { ...values, kind, customerId })
    useDataStore.getState().bump()
    message.success(t(transaction === undefined ? 'transactions:saved' : 'transactions:corrected'), 2)
    onClose()
  })
  const broken = (field: TextField) =>
    save.error?.fields?.some((one) => one.field === field) === true ? t('field.format') : undefined
  const ready = transaction === undefined || changed
  return (
    <OwnForm className="stack" ready={ready} onSubmit={() => save.run()}>
      <IdentitiesBanner />
      {transaction !== undefined && <p className="soft">{t('transactions:editHint')}</p>}
      {transaction !== undefined && transaction.withheld.length > 0 && (
        <p className="transaction-tools">
          {transaction.withheld.map((field) => (
            <TradeSecret key={field} label={t(`transactions:fields.${field}`)} />
          ))}
        </p>
      )}
      <div className="pair tight">
        <Field label={t('transactions:fields.kind')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              value={kind}
              onChange={setKind}
              data-testid="transaction-kind"
              options={transactionKinds.map((value) => ({ value, label: t(`transactions:kinds.${value}`) }))}
            />
          )}
        </Field>
        {fields.map((field, index) => {
          const shown = transaction?.[field] ?? ''
          const veiled = shown !== '' && isVeiled(field, shown)
          const isEmptied = emptied.has(field)
          return (
            <Field
              key={field}
              label={t(`transactions:fields.${field}`)}
              aside={veiled ? t('customers:current', { value: shown }) : undefined}
              error={broken(field)}
            >
              {({ id, describedBy }) => (
                <div className="form-line">
                  <Input
                    id={id}
                    value={isEmptied ? '' : (values[field] ?? (veiled ? '' : shown))}
                    disabled={isEmptied}
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
                  {veiled && (
                    <Checkbox
                      checked={isEmptied}
                      data-testid={`transaction-${field}-clear`}
                      onChange={({ target }) => {
                        const next = new Set(emptied)
                        if (target.checked) next.add(field)
                        else next.delete(field)
                        setEmptied(next)
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
        ready={ready}
        busy={save.busy}
        onClose={onClose}
        testId="transaction-save"
      >
        {!ready && <span className="soft">{t('customers:nothingChanged')}</span>}
      </FormFoot>
    </OwnForm>
  )
}
