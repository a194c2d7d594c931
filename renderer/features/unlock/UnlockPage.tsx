// Opening a vault: who, passphrase; masked work without one where this computer remembers the person. Every refusal has its
// own advice.
import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import type { Session } from '../../../shared/types/vault.ts'
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
import { OwnForm } from '../../components/OwnForm.tsx'
import { baseName } from '../../lib/paths.ts'
import { go } from '../../stores/navigation.ts'
import { useNotice } from '../../stores/notice.ts'
import { useLastPerson } from '../../stores/last-person.ts'
import { useSessionStore } from '../../stores/session.ts'
import { WaysIn } from './WaysIn.tsx'

export function UnlockPage({ path }: { path: string }) {
  const t = useT()
  const info = useCall('vault.getInfo', { path })
  const locked = useNotice((state) => state.locked)
  const [user, setUser] = useState<string>()
  const [passphrase, setPassphrase] = useState('')
  const people = (info.data?.people ?? []).filter((person) => person.role !== 'recovery')
  const quick = useCall('vault.listQuickUnlock', { path })
  const last = useLastPerson((state) => state.names[path])
  const known = people.find((one) => one.name === (user ?? last))?.name
  // One person needs no choice. Of several none is taken for granted: a passphrase under another's name is a wrong one.
  const chosen = known ?? (people.length === 1 ? people[0]?.name : undefined)
  const person = people.find((one) => one.name === chosen)

  const enter = (session: Session) => {
    useNotice.getState().setLocked(undefined)
    useLastPerson.getState().set(path, session.user)
    useSessionStore.getState().open(path, session)
    go(landingRoute(session))
  }
  const unlock = useAction(async () => {
    const session = await call('vault.unlock', {
      path,
      passphrase,
      ...(chosen === undefined ? {} : { user: chosen }),
    })
    setPassphrase('')
    enter(session)
  })
  const unlockQuick = useAction(async () => {
    if (person !== undefined) enter(await call('vault.unlockQuick', { path, person: person.id }))
  })
  const error = unlock.error ?? unlockQuick.error
  const mayQuick = person !== undefined && (quick.data?.people.includes(person.id) ?? false)
  useEffect(() => () => setPassphrase(''), [])

  const choose = (name: string) => {
    setUser(name)
    setPassphrase('')
    unlock.clear()
    unlockQuick.clear()
  }
  const bound = person?.slots.some((slot) => slot.kind === 'passphrase' && slot.deviceBound) ?? false
  return (
    <ClosedFrame onBack={() => go({ name: 'welcome' })}>
      <OwnForm className="card stack" onSubmit={() => unlock.run()}>
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
                    onChange={choose}
                    placeholder={t('people:unlock.choose')}
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
                  key={chosen ?? ''}
                  id={id}
                  value={passphrase}
                  onChange={setPassphrase}
                  autoFocus={chosen !== undefined}
                  invalid={unlock.error?.code === 'vault.wrongPassphrase'}
                  describedBy={describedBy}
                  testId="unlock-passphrase"
                />
              )}
            </Field>
            {error !== undefined && (
              <ErrorNotice error={error}>
                <UnlockAdvice error={error} />
              </ErrorNotice>
            )}
            {error?.code === 'vault.deviceMissing' && <WaysIn path={path} why="missing" />}
            {error?.code === 'keychain.unavailable' && <WaysIn path={path} why="keychain" />}
            <Button
              type="primary"
              htmlType="submit"
              size="large"
              block
              loading={unlock.busy}
              disabled={passphrase === '' || chosen === undefined}
              data-testid="unlock-submit"
            >
              {unlock.busy ? t('vault:unlock.opening') : t('vault:unlock.button')}
            </Button>
            {mayQuick && (
              <div className="stack-small">
                <Button
                  block
                  loading={unlockQuick.busy}
                  onClick={() => unlockQuick.run()}
                  data-testid="unlock-quick"
                >
                  {t('people:unlock.quick')}
                </Button>
                <p className="soft">{t('people:unlock.quickHint')}</p>
              </div>
            )}
          </>
        )}
        <div className="card-links">
          <button
            type="button"
            className="link"
            onClick={() => go({ name: 'recover', path, enrol: bound })}
            data-testid="unlock-recover"
          >
            {t('vault:unlock.forgot')}
          </button>
          <button type="button" className="link" onClick={() => go({ name: 'welcome' })}>
            {t('vault:unlock.other')}
          </button>
        </div>
      </OwnForm>
    </ClosedFrame>
  )
}

function UnlockAdvice({ error }: { error: AppError }) {
  const t = useT()
  const safe = (rule: string) => error.fields?.find((field) => field.rule === rule)?.value
  const owner = safe('owner')
  const seconds = error.fields?.find((field) => field.value !== undefined && field.rule !== 'owner')?.value
  switch (error.code) {
    case 'vault.inUse':
      return owner === undefined ? null : (
        <p data-testid="unlock-in-use-by">{t('vault:unlock.inUseBy', { name: owner })}</p>
      )
    case 'access.denied':
      return <p>{t('people:unlock.disabled')}</p>
    case 'unlock.delayed':
      return seconds === undefined ? null : <p>{t('vault:unlock.waitSeconds', { n: seconds })}</p>
    default:
      return null
  }
}
