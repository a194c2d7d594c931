// Replacing a recovery kit: what happens, the new code once, typed back from paper and tried on the vault; only then is the old
// kit revoked. It takes the whole window, so that no press on the navigation loses a code that can't be shown again.
import { Button, Steps } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { useKeepOpen } from '../../app/use-keep-open.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { KitSheet } from '../../components/KitSheet.tsx'
import { RecoveryGroups } from '../../components/RecoveryGroups.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { codeOf, emptyGroups, groupsOf, groupState } from '../../lib/recovery-groups.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { go } from '../../stores/navigation.ts'
import { refreshSession, useSessionStore } from '../../stores/session.ts'
import { useKitName } from './kit-name.ts'

const steps = ['why', 'show', 'back'] as const
type Step = (typeof steps)[number]

const toSettings = () => go({ name: 'settings', section: 'kits' })

export function NewKitPage({ id, kit }: { id: string; kit: string }) {
  const t = useT()
  const session = useSessionStore((state) => state.session)
  const [step, setStep] = useState<Step>('why')
  const [code, setCode] = useState<string>()
  const [name, setName] = useState(kit)
  const nameOf = useKitName()
  useKeepOpen(code !== undefined)
  // The code is in no store; it goes with this page.
  useEffect(() => () => setCode(undefined), [])
  const make = useAction(async () => {
    const made = await call('kits.add', {})
    setCode(made.code)
    // The new sheet has a name of its own, so that two papers never have one.
    setName(nameOf(made.name))
    setStep('show')
    useDataStore.getState().bump()
  })
  return (
    <ClosedFrame wide {...(code === undefined && !make.busy ? { onBack: toSettings } : {})}>
      <div className="card stack" data-testid="newkit">
        <h1 className="no-print">{t('people:kits.newTitle')}</h1>
        <Steps
          className="no-print"
          size="small"
          current={steps.indexOf(step)}
          items={steps.map((name) => ({ title: t(`people:kits.steps.${name}`) }))}
        />
        {code === undefined && (
          <>
            <p>{t('people:kits.newText', { name: kit })}</p>
            {make.error !== undefined && <ActionError error={make.error} onOpened={make.clear} />}
            <div className="wizard-foot">
              <Button onClick={toSettings} disabled={make.busy} data-testid="newkit-cancel">
                {t('actions.cancel')}
              </Button>
              <Button
                type="primary"
                danger
                loading={make.busy}
                onClick={() => make.run()}
                data-testid="newkit-run"
              >
                {t('people:kits.newButton')}
              </Button>
            </div>
          </>
        )}
        {code !== undefined && step === 'show' && (
          <>
            <div className="no-print" role="status">
              <h2>{t('people:kits.shownTitle')}</h2>
              <p>{t('people:kits.shownText')}</p>
            </div>
            <div className="kits">
              <KitSheet
                code={code}
                title={name}
                name={name}
                print={t('actions.print')}
                vaultId={session?.vaultId ?? ''}
                company={session?.company.name ?? ''}
                timeZone={session?.company.timeZone}
                testId="new"
              />
            </div>
            <div className="wizard-foot no-print">
              <Button type="primary" onClick={() => setStep('back')} data-testid="newkit-next">
                {t('people:kits.kept')}
              </Button>
            </div>
          </>
        )}
        {code !== undefined && step === 'back' && (
          <TypeBack old={id} code={code} onBack={() => setStep('show')} />
        )}
      </div>
    </ClosedFrame>
  )
}

function TypeBack({ old, code, onBack }: { old: string; code: string; onBack: () => void }) {
  const t = useT()
  const [groups, setGroups] = useState<readonly string[]>(emptyGroups)
  const [tried, setTried] = useState(false)
  const expected = groupsOf(code)
  const states = groups.map((group, index) => groupState(group, index, expected[index]))
  const right = states.every((state) => state === 'right')
  const check = useAction(async () => {
    await call('kits.check', { code: codeOf(groups) })
    await runJob('kitRevoke', 'kits.revoke', { id: old })
    setTried(true)
    useDataStore.getState().bump()
    await refreshSession()
  })
  const { run } = check
  useEffect(() => {
    if (right) run()
  }, [right, run])
  const done = tried || (right && check.error !== undefined)
  return (
    <OwnForm className="stack" ready={done} onSubmit={() => toSettings()}>
      <p>{t('people:kits.backText')}</p>
      <RecoveryGroups groups={groups} onChange={setGroups} expected={expected} testId="newkit-group" />
      <div role="status" data-testid="newkit-state">
        {states.map((state, index) =>
          state === 'wrong' ? (
            <p key={index} className="error-what">
              {t('vault:create.groupWrong', { n: index + 1 })}
            </p>
          ) : null,
        )}
        {check.busy && <p className="soft">{t('people:kits.making')}</p>}
        {tried && <p className="good-word">{t('people:kits.tried')}</p>}
      </div>
      {check.error !== undefined && (
        <ActionError error={check.error} onOpened={check.run}>
          <p>{t('people:kits.failedCheck')}</p>
        </ActionError>
      )}
      <div className="wizard-foot">
        <Button onClick={onBack} disabled={check.busy || tried} data-testid="newkit-back">
          {t('vault:create.checkBack')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!done}
          loading={check.busy}
          data-testid="newkit-finish"
        >
          {t('people:kits.finish')}
        </Button>
      </div>
    </OwnForm>
  )
}
