// Before anything else, whoever still has a first passphrase chooses their own. The old one is asked again: main keeps none.
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { landingRoute } from '../../app/landing.ts'
import { useT } from '../../app/i18n.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { NewPassphrase, useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { lockVault } from '../../stores/lock.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'

export function FirstPassphrasePage() {
  const t = useT()
  const { message } = App.useApp()
  const session = useSessionStore((state) => state.session)
  const [current, setCurrent] = useState('')
  const next = useNewPassphrase([session?.company.name ?? '', session?.user ?? ''])
  useEffect(() => () => setCurrent(''), [])
  const same = next.value !== '' && next.value === current
  const ready = current !== '' && next.ready && !same
  const change = useAction(async () => {
    await call('vault.changePassphrase', { passphrase: current, newPassphrase: next.value })
    const changed = await call('vault.getStatus', {})
    setCurrent('')
    next.reset()
    message.success(t('people:first.changed'), 4)
    useSessionStore.getState().update(changed)
    go(landingRoute(changed))
  })
  return (
    <ClosedFrame wide>
      <OwnForm
        className="card stack first-passphrase"
        data-testid="first-passphrase-page"
        ready={ready}
        onSubmit={() => change.run()}
      >
        <div>
          <h1>{t('people:first.title')}</h1>
          <p>{t('people:first.lead', { name: session?.user ?? '' })}</p>
        </div>
        <div className="pair">
          <Field label={t('people:first.current')} hint={t('people:first.currentHint')}>
            {({ id, describedBy }) => (
              <PassphraseField
                id={id}
                value={current}
                onChange={setCurrent}
                autoFocus
                invalid={change.error?.code === 'vault.wrongPassphrase'}
                describedBy={describedBy}
                testId="first-current"
              />
            )}
          </Field>
        </div>
        <NewPassphrase
          state={next}
          label={t('people:first.next')}
          repeatLabel={t('people:first.repeat')}
          testId="first"
        />
        {same && (
          <p className="field-error" role="status">
            {t('people:first.same')}
          </p>
        )}
        {change.error !== undefined && <ErrorNotice error={change.error} />}
        <div className="wizard-foot">
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            loading={change.busy}
            disabled={!ready}
            data-testid="first-submit"
          >
            {t('people:first.button')}
          </Button>
          <Button type="text" onClick={() => void lockVault()} data-testid="first-lock">
            {t('people:first.later')}
          </Button>
        </div>
      </OwnForm>
    </ClosedFrame>
  )
}
