// Opening with a recovery kit: the code in groups, a new passphrase, bound or not.
import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { landingRoute } from '../../app/landing.ts'
import { useT } from '../../app/i18n.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { DeviceChoice } from '../../components/DeviceChoice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { NewPassphrase, useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { RecoveryGroups } from '../../components/RecoveryGroups.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { codeOf, emptyGroups, recoveryLength, wrongGroups } from '../../lib/recovery-groups.ts'
import { go } from '../../stores/navigation.ts'
import { useNotice } from '../../stores/notice.ts'
import { useSessionStore } from '../../stores/session.ts'

export function RecoverPage({ path, enrol = false }: { path: string; enrol?: boolean | undefined }) {
  const t = useT()
  const keychain = useSessionStore((state) => state.info?.keychain ?? false)
  const [groups, setGroups] = useState<readonly string[]>(emptyGroups)
  const [bound, setBound] = useState(enrol && keychain)
  const passphrase = useNewPassphrase([])
  const people = useCall('vault.getInfo', { path }).data?.people ?? []
  const owners = people.filter((person) => person.role === 'owner').map((person) => person.name)
  const [user, setUser] = useState<string>()
  const owner = user ?? owners[0]
  const length = groups.join('').length
  const complete = length === recoveryLength

  const check = useAction(async () => {
    await call('vault.checkRecoveryCode', { code: codeOf(groups) })
  })
  const { run: runCheck, clear: clearCheck } = check
  useEffect(() => {
    if (complete) runCheck()
    else clearCheck()
  }, [complete, groups, runCheck, clearCheck])

  const recover = useAction(async () => {
    const session = await call('vault.recover', {
      path,
      recoveryCode: codeOf(groups),
      newPassphrase: passphrase.value,
      ...(owner === undefined ? {} : { user: owner }),
      deviceBinding: bound,
    })
    setGroups(emptyGroups)
    passphrase.reset()
    useNotice.getState().setLocked(undefined)
    useSessionStore.getState().open(path, session)
    // Who came because this computer isn't enrolled, and left it so: the way to enrol it is the next thing to see.
    go(enrol && keychain && !bound ? { name: 'settings', section: 'computers' } : landingRoute(session))
  })
  const wrong = wrongGroups(check.error ?? recover.error)
  const error = recover.error ?? check.error

  return (
    <ClosedFrame wide onBack={() => go({ name: 'unlock', path })}>
      <OwnForm className="card stack" onSubmit={() => recover.run()}>
        <div>
          <h1>{t('vault:recover.title')}</h1>
          <p className="soft">{t('vault:recover.lead')}</p>
          <p className="path-line mono" title={path}>
            {path}
          </p>
        </div>
        <section className="stack-small">
          <h2>{t('vault:recover.code')}</h2>
          <RecoveryGroups
            groups={groups}
            onChange={(next) => {
              recover.clear()
              setGroups(next)
            }}
            wrong={wrong}
            testId="recover-group"
          />
          {complete && !check.busy && check.error === undefined && (
            <p className="good-word" role="status">
              {t('vault:recover.codeOk')}
            </p>
          )}
        </section>
        {error !== undefined && (
          <ErrorNotice error={error}>
            {wrong.map((group) => (
              <p key={group} className="error-what" data-testid="recover-wrong-group">
                {t('vault:recover.groupError', { n: group + 1 })}
              </p>
            ))}
          </ErrorNotice>
        )}
        {owners.length > 1 && (
          <Field label={t('people:recoverOwner')} hint={t('people:recoverOwnerHint')}>
            {({ id, describedBy }) => (
              <Select
                id={id}
                className="full"
                value={owner}
                onChange={setUser}
                aria-describedby={describedBy}
                data-testid="recover-person"
                options={owners.map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
        )}
        <NewPassphrase
          state={passphrase}
          label={t('vault:recover.newPassphrase')}
          repeatLabel={t('vault:recover.repeat')}
          testId="recover"
        />
        <div className="stack-small">
          <DeviceChoice keychain={keychain} bound={bound} onChange={setBound} testId="recover" />
          {enrol && keychain && <p className="soft">{t('people:recoverBind')}</p>}
        </div>
        <div>
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            loading={recover.busy}
            disabled={!complete || check.error !== undefined || !passphrase.ready}
            data-testid="recover-submit"
          >
            {t('vault:recover.button')}
          </Button>
        </div>
      </OwnForm>
    </ClosedFrame>
  )
}
