// How a case ended: finding, reasons, relief. The text that stands there is not shown: the form must not hold originals.
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
import { ChoiceField } from '../../components/ChoiceField.tsx'
import { TextField } from '../../components/TextField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'

interface Props {
  open: boolean
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
  onClose: () => void
}

export function CaseOutcome(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={720} title={t('cases:outcomeTitle')}>
      <Form {...props} />
    </PlainDialog>
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
    relief === null || amount === '' || plainAmountSchema.safeParse(amount).success
      ? undefined
      : t('cases:amountWrong')
  const currencyError =
    relief === null || currency === '' || currencySchema.safeParse(currency).success
      ? undefined
      : t('cases:currencyWrong')
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
    <OwnForm className="stack-small" ready={ready} onSubmit={() => save.run()}>
      <ChoiceField
        label={t('cases:outcomeKind')}
        value={kind}
        options={outcomeKinds}
        word={(value) => t(`cases:outcomeKinds.${value}`)}
        onChange={setKind}
        empty={t('cases:notSaid')}
        autoFocus
        testId="outcome-kind"
      />
      <TextField
        label={t('cases:outcomeText')}
        hint={t('cases:outcomeHint')}
        value={text}
        onChange={setText}
        rows={5}
        testId="outcome-text"
      />
      <div className="pair tight">
        <ChoiceField
          label={t('cases:reliefKind')}
          value={relief}
          options={reliefKinds}
          word={(value) => t(`cases:reliefKinds.${value}`)}
          onChange={setRelief}
          empty={t('cases:noRelief')}
          testId="outcome-relief"
        />
        <ChoiceField
          label={t('cases:closingReason')}
          value={closing}
          options={closingReasons}
          word={(value) => t(`cases:closingReasons.${value}`)}
          onChange={setClosing}
          empty={t('cases:notSaid')}
          testId="outcome-closing"
        />
        <TextField
          label={t('cases:reliefAmount')}
          error={amountError}
          value={amount}
          onChange={(typed) => setAmount(typed.trim())}
          inputMode="decimal"
          disabled={relief === null}
          testId="outcome-amount"
        />
        <TextField
          label={t('cases:reliefCurrency')}
          error={currencyError}
          value={currency}
          onChange={(typed) => setCurrency(typed.trim().toUpperCase())}
          placeholder="CNY"
          maxLength={3}
          disabled={relief === null}
          testId="outcome-currency"
        />
      </div>
      {save.error !== undefined && <ActionError error={save.error} onOpened={save.clear} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={ready}
        busy={save.busy}
        onClose={onClose}
        testId="outcome-save"
      />
    </OwnForm>
  )
}
