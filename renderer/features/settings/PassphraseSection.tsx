import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { NewPassphrase, useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { useSessionStore } from '../../stores/session.ts'

/** Changing one's own passphrase. */
export function PassphraseSection() {
  const t = useT()
  const { message } = App.useApp()
  const session = useSessionStore((state) => state.session)
  const [current, setCurrent] = useState('')
  const next = useNewPassphrase([session?.company.name ?? '', session?.user ?? ''])
  useEffect(() => () => setCurrent(''), [])
  const change = useAction(async () => {
    await call('vault.changePassphrase', { passphrase: current, newPassphrase: next.value })
    setCurrent('')
    next.reset()
    message.success(t('vault:settings.changed'), 4)
  })
  return (
    <OwnForm className="card stack-small" onSubmit={() => change.run()}>
      <h2>{t('vault:settings.passphrase')}</h2>
      <div className="pair">
        <Field label={t('vault:settings.current')}>
          {({ id, describedBy }) => (
            <PassphraseField
              id={id}
              value={current}
              onChange={setCurrent}
              invalid={change.error?.code === 'vault.wrongPassphrase'}
              describedBy={describedBy}
              testId="settings-current-passphrase"
            />
          )}
        </Field>
      </div>
      <NewPassphrase
        state={next}
        label={t('vault:settings.newPassphrase')}
        repeatLabel={t('vault:settings.repeat')}
        testId="settings-new"
      />
      {change.error !== undefined && <ErrorNotice error={change.error} />}
      <div>
        <Button
          htmlType="submit"
          loading={change.busy}
          disabled={current === '' || !next.ready}
          data-testid="settings-change-passphrase"
        >
          {t('vault:settings.change')}
        </Button>
      </div>
    </OwnForm>
  )
}
