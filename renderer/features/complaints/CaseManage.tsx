// Facts of a case that are said rather than imported: severity, cause, outside bodies, satisfaction.
import { useState } from 'react'
import { type CasePatch, currencySchema, escalationTargets, severities } from '../../../shared/types/case.ts'
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

const marks = ['5', '4', '3', '2', '1'] as const

export function CaseManage(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={720} title={t('cases:manageTitle')}>
      <Form {...props} />
    </PlainDialog>
  )
}

function Form({ detail, onChange, onClose }: Props) {
  const t = useT()
  const { case: facts, complaint } = detail
  const [severity, setSeverity] = useState(facts.severity)
  const [rootCause, setRootCause] = useState(facts.rootCause)
  const [currency, setCurrency] = useState(facts.currency)
  const [target, setTarget] = useState(facts.escalation?.to ?? null)
  const [body, setBody] = useState(facts.escalation?.body ?? '')
  const [reference, setReference] = useState(facts.escalation?.reference ?? '')
  const [mark, setMark] = useState(marks.find((one) => Number(one) === facts.satisfaction) ?? null)
  const currencyError =
    currency === '' || currencySchema.safeParse(currency).success ? undefined : t('cases:currencyWrong')
  const save = useAction(async () => {
    const escalation = target === null ? null : { to: target, body, reference }
    const patch: CasePatch = {
      severity,
      currency,
      satisfaction: mark === null ? null : Number(mark),
      // What stands there is redacted already: said again, it would only lose its original.
      ...(rootCause === facts.rootCause ? {} : { rootCause }),
      ...(JSON.stringify(escalation) === JSON.stringify(facts.escalation) ? {} : { escalation }),
    }
    onChange(await call('complaints.work', { id: complaint.id, revision: complaint.revision, patch }))
    onClose()
  })
  return (
    <OwnForm className="stack-small" ready={currencyError === undefined} onSubmit={() => save.run()}>
      <div className="pair tight">
        <ChoiceField
          label={t('cases:severity')}
          value={severity}
          options={severities}
          word={(value) => t(`cases:severities.${value}`)}
          onChange={setSeverity}
          empty={t('cases:notSaid')}
          autoFocus
          testId="manage-severity"
        />
        <ChoiceField
          label={t('cases:satisfaction')}
          value={mark}
          options={marks}
          word={(value) => t(`cases:satisfactions.${value}`)}
          onChange={setMark}
          empty={t('cases:notSaid')}
          testId="manage-satisfaction"
        />
      </div>
      <TextField
        label={t('cases:rootCause')}
        hint={t('cases:rootCauseHint')}
        value={rootCause}
        onChange={setRootCause}
        testId="manage-cause"
      />
      <div className="pair tight">
        <ChoiceField
          label={t('cases:escalatedTo')}
          value={target}
          options={escalationTargets}
          word={(value) => t(`cases:escalationTargets.${value}`)}
          onChange={setTarget}
          empty={t('cases:notEscalated')}
          testId="manage-escalated"
        />
        <TextField
          label={t('cases:currency')}
          error={currencyError}
          value={currency}
          onChange={(text) => setCurrency(text.trim().toUpperCase())}
          placeholder="CNY"
          maxLength={3}
          testId="manage-currency"
        />
        <TextField
          label={t('cases:escalationBody')}
          value={body}
          onChange={setBody}
          disabled={target === null}
          testId="manage-body"
        />
        <TextField
          label={t('cases:escalationReference')}
          value={reference}
          onChange={setReference}
          disabled={target === null}
          testId="manage-reference"
        />
      </div>
      <p className="soft">{t('cases:manageHint')}</p>
      {save.error !== undefined && <ActionError error={save.error} onOpened={save.clear} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={!(currencyError !== undefined)}
        busy={save.busy}
        onClose={onClose}
        testId="manage-save"
      />
    </OwnForm>
  )
}
