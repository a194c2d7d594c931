// Which questions callers are asked, and when they count as verified. Owners set it.
import { App, Button, Checkbox, InputNumber } from 'antd'
import { useState } from 'react'
import { callerFields, type CallerField, type CallerScript } from '../../../shared/types/customer-work.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'

export function CallerSection() {
  const t = useT()
  const { data, error, reload } = useCall('customers.getCallerScript', {})
  return (
    <section className="card stack-small">
      <h2>{t('customerWork:script.title')}</h2>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data !== undefined && <Form key={JSON.stringify(data)} now={data} />}
    </section>
  )
}

const numbers = ['matches', 'strongMatches', 'mismatches'] as const

function Form({ now }: { now: CallerScript }) {
  const t = useT()
  const { message } = App.useApp()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const [script, setScript] = useState(now)
  const save = useAction(async () => {
    await call('customers.setCallerScript', script)
    useDataStore.getState().bump()
    message.success(t('vault:settings.saved'), 2)
  })
  const toggled = (list: readonly CallerField[], field: CallerField, on: boolean): CallerField[] =>
    callerFields.filter((one) => (one === field ? on : list.includes(one)))
  return (
    <OwnForm className="stack-small" onSubmit={() => save.run()}>
      <p className="soft">{owner ? t('customerWork:script.hint') : t('vault:settings.ownerOnly')}</p>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{t('customerWork:script.question')}</th>
            <th scope="col">{t('customerWork:script.asked')}</th>
            <th scope="col">{t('customerWork:script.strong')}</th>
          </tr>
        </thead>
        <tbody>
          {callerFields.map((field) => {
            const asked = script.questions.includes(field)
            const name = t(`customerWork:caller.fields.${field}`)
            return (
              <tr key={field}>
                <th scope="row">{name}</th>
                <td>
                  <Checkbox
                    aria-label={`${name} · ${t('customerWork:script.asked')}`}
                    checked={asked}
                    disabled={!owner}
                    data-testid={`script-${field}`}
                    onChange={({ target }) =>
                      setScript({
                        ...script,
                        questions: toggled(script.questions, field, target.checked),
                        strong: toggled(
                          script.strong,
                          field,
                          target.checked && script.strong.includes(field),
                        ),
                      })
                    }
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`${name} · ${t('customerWork:script.strong')}`}
                    checked={script.strong.includes(field)}
                    disabled={!owner || !asked}
                    onChange={({ target }) =>
                      setScript({ ...script, strong: toggled(script.strong, field, target.checked) })
                    }
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="pair tight">
        {numbers.map((name) => (
          <Field
            key={name}
            label={t(`customerWork:script.${name}`)}
            error={
              save.error?.fields?.some((one) => one.field === name) === true
                ? t('customerWork:script.impossible')
                : undefined
            }
          >
            {({ id, describedBy }) => (
              <InputNumber
                id={id}
                className="full"
                min={name === 'matches' ? 1 : 0}
                max={callerFields.length}
                precision={0}
                value={script[name]}
                disabled={!owner}
                aria-describedby={describedBy}
                data-testid={`script-${name}`}
                onChange={(value) => setScript({ ...script, [name]: value ?? 0 })}
              />
            )}
          </Field>
        ))}
      </div>
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      {owner && (
        <div>
          <Button type="primary" htmlType="submit" loading={save.busy} data-testid="script-save">
            {t('actions.save')}
          </Button>
        </div>
      )}
    </OwnForm>
  )
}
