// How a case ended: finding, reasons, relief. The text that stands there is not shown: the form must not hold originals.
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import {
  type CasePatch,
  closingReasons,
  currencySchema,
  outcomeKinds,
  plainAmountSchema,
  reliefKinds,
} from '../../../shared/types/case.ts'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'

interface Props {
  open: boolean
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
  onClose: () => void
}

export function CaseOutcome(props: Props) {
  const t = useT()
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      destroyOnHidden
      width={720}
      style={{ top: 24 }}
      title={t('cases:outcomeTitle')}
      closable={{ 'aria-label': t('actions.close') }}
    >
      <Form {...props} />
    </Modal>
  )
}

function Form({ detail, onChange, onClose }: Props) {
  const t = useT()
  const { case: facts, complaint } = detail
  const [kind, setKind] = useState(facts.outcomeKind)
  const [text, setText] = useState('')
  const [relief, setRelief] = useState(facts.relief?.kind ?? null)
  const [amount, setAmount] = useState(facts.relief?.amount ?? '')
  const [currency, setCurrency] = useState(facts.relief?.currency ?? '')
  const [closing, setClosing] = useState(facts.closingReason)
  const amountError =
    amount === '' || plainAmountSchema.safeParse(amount).success ? undefined : t('cases:amountWrong')
  const currencyError =
    currency === '' || currencySchema.safeParse(currency).success ? undefined : t('cases:currencyWrong')
  const said = kind !== null || text.trim() !== '' || relief !== null || closing !== null
  const ready = said && amountError === undefined && currencyError === undefined
  const save = useAction(async () => {
    const patch: CasePatch = {
      outcomeKind: kind,
      closingReason: closing,
      relief: relief === null ? null : { kind: relief, amount, currency },
      ...(text.trim() === '' ? {} : { outcome: text.trim() }),
    }
    onChange(await call('complaints.work', { id: complaint.id, revision: complaint.revision, patch }))
    onClose()
  })
  return (
    <form
      className="stack-small"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) save.run()
      }}
    >
      <Field label={t('cases:outcomeKind')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            allowClear
            autoFocus
            placeholder={t('cases:notSaid')}
            value={kind}
            onChange={(value) => setKind(value ?? null)}
            data-testid="outcome-kind"
            options={outcomeKinds.map((value) => ({ value, label: t(`cases:outcomeKinds.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('cases:outcomeText')} hint={t('cases:outcomeHint')}>
        {({ id, describedBy }) => (
          <Input.TextArea
            id={id}
            rows={5}
            value={text}
            aria-describedby={describedBy}
            data-testid="outcome-text"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="pair tight">
        <Field label={t('cases:reliefKind')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              allowClear
              placeholder={t('cases:noRelief')}
              value={relief}
              onChange={(value) => setRelief(value ?? null)}
              data-testid="outcome-relief"
              options={reliefKinds.map((value) => ({ value, label: t(`cases:reliefKinds.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('cases:closingReason')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              allowClear
              placeholder={t('cases:notSaid')}
              value={closing}
              onChange={(value) => setClosing(value ?? null)}
              data-testid="outcome-closing"
              options={closingReasons.map((value) => ({ value, label: t(`cases:closingReasons.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('cases:reliefAmount')} error={amountError}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={amount}
              inputMode="decimal"
              disabled={relief === null}
              autoComplete="off"
              aria-describedby={describedBy}
              data-testid="outcome-amount"
              onChange={(event) => setAmount(event.target.value.trim())}
            />
          )}
        </Field>
        <Field label={t('cases:reliefCurrency')} error={currencyError}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={currency}
              placeholder="CNY"
              maxLength={3}
              disabled={relief === null}
              autoComplete="off"
              aria-describedby={describedBy}
              data-testid="outcome-currency"
              onChange={(event) => setCurrency(event.target.value.trim().toUpperCase())}
            />
          )}
        </Field>
      </div>
      {save.error !== undefined && <ActionError error={save.error} onOpened={save.clear} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={save.busy}
          data-testid="outcome-save"
        >
          {t('actions.save')}
        </Button>
      </div>
    </form>
  )
}
