// Who is calling: what the caller says goes in, match or no match comes out. Nothing of the vault is shown, and what was typed
// lives in this dialog's state only.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { codeText } from '../../../shared/locales/index.ts'
import type { Output } from '../../../shared/contract/index.ts'
import type { CallerField } from '../../../shared/types/customer-work.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { useForgetAtClosing, useSessionStore } from '../../stores/session.ts'

/** The button with its dialog; nothing for whoever may not ask. */
export function CallerButton({ customerId }: { customerId: string }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  if (role === undefined || !holdsIdentities(role)) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="caller-open">
        {t('customerWork:caller.button')}
      </Button>
      <PlainDialog
        open={open}
        onClose={() => setOpen(false)}
        width={480}
        title={t('customerWork:caller.title')}
      >
        <Form customerId={customerId} />
      </PlainDialog>
    </>
  )
}

type Verdict = Output<'customers.verifyCaller'>

function Form({ customerId }: { customerId: string }) {
  const t = useT()
  const texts = useTexts()
  const script = useCall('customers.getCallerScript', {})
  const [answers, setAnswers] = useState<Partial<Record<CallerField, string>>>({})
  const [told, setTold] = useState<Verdict>()
  const check = useAction(async () => {
    setTold(undefined)
    setTold(await call('customers.verifyCaller', { id: customerId, answers }))
  })
  useForgetAtClosing(() => {
    setAnswers({})
    setTold(undefined)
  })
  const said = Object.values(answers).some((answer) => answer.trim() !== '')
  const faultOf = (field: CallerField) => {
    const fault = check.error?.fields?.find((one) => one.field === field)
    return fault === undefined ? undefined : codeText(texts.customerWork.caller.faults, fault.rule)
  }
  const matchOf = (field: CallerField) => told?.items.find((item) => item.field === field)?.match
  return (
    <OwnForm className="stack-small" ready={said} onSubmit={() => check.run()}>
      <p className="soft">{t('customerWork:caller.hint')}</p>
      <IdentitiesBanner />
      {script.error !== undefined && <ErrorNotice error={script.error} onRetry={script.reload} />}
      {script.data?.questions.map((field, index) => {
        const match = matchOf(field)
        return (
          <Field
            key={field}
            label={t(`customerWork:caller.fields.${field}`)}
            error={faultOf(field)}
            aside={match === undefined ? undefined : t(`customerWork:caller.match.${wordOf(match)}`)}
          >
            {({ id, describedBy }) => (
              <Input
                id={id}
                value={answers[field] ?? ''}
                autoFocus={index === 0}
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                aria-describedby={describedBy}
                data-testid={`caller-${field}`}
                onChange={(event) => {
                  const { value } = event.target
                  // The verdict was about other words.
                  setTold(undefined)
                  setAnswers((old) => ({ ...old, [field]: value }))
                }}
              />
            )}
          </Field>
        )
      })}
      {check.error !== undefined && <ErrorNotice error={check.error} />}
      {told !== undefined && (
        <p role="status" className={`verdict ${told.verdict}`} data-testid="caller-verdict">
          <strong>{t(`customerWork:caller.verdicts.${told.verdict}`)}</strong>
          <br />
          {t(`customerWork:caller.verdictText.${told.verdict}`)}
        </p>
      )}
      <div className="wizard-foot end">
        <Button
          onClick={() => {
            setAnswers({})
            setTold(undefined)
            check.clear()
          }}
        >
          {t('customerWork:caller.again')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!said}
          loading={check.busy}
          data-testid="caller-check"
        >
          {t('customerWork:caller.check')}
        </Button>
      </div>
    </OwnForm>
  )
}

function wordOf(match: boolean | 'unknown'): 'yes' | 'no' | 'unknown' {
  if (match === 'unknown') return 'unknown'
  return match ? 'yes' : 'no'
}
