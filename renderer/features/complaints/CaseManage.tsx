// Facts of a case that are said rather than imported: severity, cause, outside bodies, satisfaction.
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { type CasePatch, currencySchema, escalationTargets, severities } from '../../../shared/types/case.ts'
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

const marks = ['5', '4', '3', '2', '1'] as const

export function CaseManage(props: Props) {
  const t = useT()
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      destroyOnHidden
      width={720}
      style={{ top: 24 }}
      title={t('cases:manageTitle')}
      closable={{ 'aria-label': t('actions.close') }}
    >
      <Form {...props} />
    </Modal>
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
  const [mark, setMark] = useState(facts.satisfaction?.toString() ?? null)
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
    <form
      className="stack-small"
      onSubmit={(event) => {
        event.preventDefault()
        if (currencyError === undefined) save.run()
      }}
    >
      <div className="pair tight">
        <Field label={t('cases:severity')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              allowClear
              autoFocus
              placeholder={t('cases:notSaid')}
              value={severity}
              onChange={(value) => setSeverity(value ?? null)}
              data-testid="manage-severity"
              options={severities.map((value) => ({ value, label: t(`cases:severities.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('cases:satisfaction')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              allowClear
              placeholder={t('cases:notSaid')}
              value={mark}
              onChange={(value) => setMark(value ?? null)}
              data-testid="manage-satisfaction"
              options={marks.map((value) => ({ value, label: t(`cases:satisfactions.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t('cases:rootCause')} hint={t('cases:rootCauseHint')}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={rootCause}
            autoComplete="off"
            maxLength={200}
            aria-describedby={describedBy}
            data-testid="manage-cause"
            onChange={(event) => setRootCause(event.target.value)}
          />
        )}
      </Field>
      <div className="pair tight">
        <Field label={t('cases:escalatedTo')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              allowClear
              placeholder={t('cases:notEscalated')}
              value={target}
              onChange={(value) => setTarget(value ?? null)}
              data-testid="manage-escalated"
              options={escalationTargets.map((value) => ({
                value,
                label: t(`cases:escalationTargets.${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('cases:currency')} error={currencyError}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={currency}
              placeholder="CNY"
              maxLength={3}
              autoComplete="off"
              aria-describedby={describedBy}
              data-testid="manage-currency"
              onChange={(event) => setCurrency(event.target.value.trim().toUpperCase())}
            />
          )}
        </Field>
        <Field label={t('cases:escalationBody')}>
          {({ id }) => (
            <Input
              id={id}
              value={body}
              disabled={target === null}
              autoComplete="off"
              maxLength={200}
              data-testid="manage-body"
              onChange={(event) => setBody(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('cases:escalationReference')}>
          {({ id }) => (
            <Input
              id={id}
              value={reference}
              disabled={target === null}
              autoComplete="off"
              maxLength={200}
              data-testid="manage-reference"
              onChange={(event) => setReference(event.target.value)}
            />
          )}
        </Field>
      </div>
      <p className="soft">{t('cases:manageHint')}</p>
      {save.error !== undefined && <ActionError error={save.error} onOpened={save.clear} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={currencyError !== undefined}
          loading={save.busy}
          data-testid="manage-save"
        >
          {t('actions.save')}
        </Button>
      </div>
    </form>
  )
}
