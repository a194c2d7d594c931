// Opening a vault: who, passphrase; every refusal with its own advice.
import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { landingRoute } from '../../app/landing.ts'
import { useT } from '../../app/i18n.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { Loading } from '../../components/Loading.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { baseName } from '../../lib/paths.ts'
import { go } from '../../stores/navigation.ts'
import { useNotice } from '../../stores/notice.ts'
import { useSessionStore } from '../../stores/session.ts'

export function UnlockPage({ path }: { path: string }) {
  const t = useT()
  const info = useCall('vault.getInfo', { path })
  const locked = useNotice((state) => state.locked)
  const [user, setUser] = useState<string>()
  const [passphrase, setPassphrase] = useState('')
  const people = (info.data?.people ?? []).filter((person) => person.role !== 'recovery')
  const chosen = user ?? people[0]?.name
  const person = people.find((one) => one.name === chosen)

  const unlock = useAction(async () => {
    const session = await call('vault.unlock', {
      path,
      passphrase,
      ...(chosen === undefined ? {} : { user: chosen }),
    })
    setPassphrase('')
    useNotice.getState().setLocked(undefined)
    useSessionStore.getState().open(path, session)
    go(landingRoute(session))
  })
  useEffect(() => () => setPassphrase(''), [])

  const bound = person?.slots.some((slot) => slot.kind === 'passphrase' && slot.deviceBound) ?? false
  return (
    <ClosedFrame onBack={() => go({ name: 'welcome' })}>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          unlock.run()
        }}
      >
        {locked !== undefined && (
          <p className="notice-bar" role="status" data-testid="locked-notice">
            {t(`locked.${locked}`)}
          </p>
        )}
        <div>
          <h1>{baseName(path).replace(/\.vault$/, '')}</h1>
          <p className="path-line mono" title={path}>
            {path}
          </p>
        </div>
        {info.data === undefined && info.loading && <Loading rows={3} />}
        {info.error !== undefined && <ErrorNotice error={info.error} onRetry={info.reload} />}
        {info.data !== undefined && (
          <>
            <Field
              label={t('vault:unlock.person')}
              hint={
                person === undefined
                  ? undefined
                  : `${t(`role.${person.role}`)} · ${bound ? t('vault:unlock.bound') : t('vault:unlock.portable')}`
              }
            >
              {({ id, describedBy }) =>
                people.length > 1 ? (
                  <Select
                    id={id}
                    className="full"
                    value={chosen}
                    onChange={setUser}
                    data-testid="unlock-person"
                    aria-describedby={describedBy}
                    options={people.map((one) => ({
                      value: one.name,
                      label: `${one.name} · ${t(`role.${one.role}`)}`,
                    }))}
                  />
                ) : (
                  <output id={id} className="plain-value" data-testid="unlock-person">
                    {chosen}
                  </output>
                )
              }
            </Field>
            <Field label={t('vault:unlock.passphrase')}>
              {({ id, describedBy }) => (
                <PassphraseField
                  id={id}
                  value={passphrase}
                  onChange={setPassphrase}
                  autoFocus
                  invalid={unlock.error?.code === 'vault.wrongPassphrase'}
                  describedBy={describedBy}
                  testId="unlock-passphrase"
                />
              )}
            </Field>
            {unlock.error !== undefined && (
              <ErrorNotice error={unlock.error}>
                <UnlockAdvice error={unlock.error} path={path} />
              </ErrorNotice>
            )}
            <Button
              type="primary"
              htmlType="submit"
              size="large"
              block
              loading={unlock.busy}
              disabled={passphrase === ''}
              data-testid="unlock-submit"
            >
              {unlock.busy ? t('vault:unlock.opening') : t('vault:unlock.button')}
            </Button>
          </>
        )}
        <div className="card-links">
          <button
            type="button"
            className="link"
            onClick={() => go({ name: 'recover', path })}
            data-testid="unlock-recover"
          >
            {t('vault:unlock.forgot')}
          </button>
          <button type="button" className="link" onClick={() => go({ name: 'welcome' })}>
            {t('vault:unlock.other')}
          </button>
        </div>
      </form>
    </ClosedFrame>
  )
}

function UnlockAdvice({ error, path }: { error: AppError; path: string }) {
  const t = useT()
  const safe = (rule: string) => error.fields?.find((field) => field.rule === rule)?.value
  const owner = safe('owner')
  const seconds = error.fields?.find((field) => field.value !== undefined && field.rule !== 'owner')?.value
  switch (error.code) {
    case 'vault.inUse':
      return owner === undefined ? null : (
        <p data-testid="unlock-in-use-by">{t('vault:unlock.inUseBy', { name: owner })}</p>
      )
    case 'unlock.delayed':
      return seconds === undefined ? null : <p>{t('vault:unlock.waitSeconds', { n: seconds })}</p>
    case 'vault.deviceMissing':
      return (
        <p>
          <Button onClick={() => go({ name: 'recover', path })} data-testid="unlock-device-recover">
            {t('vault:recover.title')}
          </Button>
        </p>
      )
    default:
      return null
  }
}
