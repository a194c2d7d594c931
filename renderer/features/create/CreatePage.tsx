// Creating a vault in clear steps: the whole road on top, everything typed is kept while going back and forth.
import { Button, Steps } from 'antd'
import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { landingRoute } from '../../app/landing.ts'
import { useT } from '../../app/i18n.ts'
import { useKeepOpen } from '../../app/use-keep-open.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { fileNameOf, joinPath } from '../../lib/paths.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CompanyStep } from './CompanyStep.tsx'
import { emptyDraft, type VaultDraft } from './draft.ts'
import { KitCheckStep } from './KitCheckStep.tsx'
import { KitsStep } from './KitsStep.tsx'
import { OwnerStep } from './OwnerStep.tsx'
import { PlaceStep } from './PlaceStep.tsx'

const steps = ['company', 'passphrase', 'device', 'kits', 'check'] as const
type Step = (typeof steps)[number]
type Created = Output<'vault.create'>

export function CreatePage() {
  const t = useT()
  const info = useSessionStore((state) => state.info)
  const [step, setStep] = useState<Step>('company')
  const [draft, setDraft] = useState<VaultDraft>({ ...emptyDraft, deviceBinding: info?.keychain ?? false })
  const [created, setCreated] = useState<Created>()
  const passphrase = useNewPassphrase([draft.company.name, draft.owner])
  const patch = (change: Partial<VaultDraft>) => setDraft((old) => ({ ...old, ...change }))
  const suggestedName = `${fileNameOf(draft.company.name)}.vault`
  const path =
    draft.path ?? (info === undefined ? '' : joinPath(info.homeFolder, suggestedName, info.platform))

  const create = useAction(async () => {
    const answer = await call('vault.create', {
      path: path.trim(),
      company: draft.company,
      custodian: draft.custodian,
      owner: draft.owner,
      passphrase: passphrase.value,
      deviceBinding: draft.deviceBinding,
    })
    passphrase.reset()
    setCreated(answer)
    setStep('kits')
  })

  useKeepOpen(created !== undefined)
  // The codes are in no store; they go with this page.
  useEffect(() => () => setCreated(undefined), [])

  const enter = useAction(async () => {
    const open = await call('vault.getSession', {})
    const vaultPath = created?.path ?? path
    setCreated(undefined)
    if (open === null) {
      go({ name: 'unlock', path: vaultPath })
      return
    }
    useSessionStore.getState().open(open.path, open.session, open.sample)
    go(landingRoute(open.session))
  })

  const current = steps.indexOf(step)
  const back = () => setStep(steps[Math.max(0, current - 1)] ?? 'company')
  const onNext = () => {
    if (step === 'company') setStep('passphrase')
    else if (step === 'passphrase') setStep('device')
    else create.run()
  }
  const ready =
    step === 'company'
      ? draft.company.name.trim() !== ''
      : step === 'passphrase'
        ? draft.owner.trim() !== '' && passphrase.ready
        : path.trim() !== ''

  return (
    <ClosedFrame wide {...(created === undefined ? { onBack: () => go({ name: 'welcome' }) } : {})}>
      <div className="card wide stack">
        <h1 className="no-print">{t('vault:create.title')}</h1>
        <Steps
          className="no-print"
          size="small"
          current={current}
          items={steps.map((name) => ({ title: t(`vault:create.steps.${name}`) }))}
        />
        {created === undefined ? (
          <OwnForm className="stack" ready={ready} onSubmit={() => onNext()}>
            {step === 'company' && <CompanyStep draft={draft} onChange={patch} />}
            {step === 'passphrase' && <OwnerStep draft={draft} onChange={patch} passphrase={passphrase} />}
            {step === 'device' && (
              <PlaceStep draft={draft} path={path} suggestedName={suggestedName} onChange={patch} />
            )}
            {create.error !== undefined && <ErrorNotice error={create.error} />}
            <div className="wizard-foot">
              {step !== 'company' && (
                <Button onClick={back} disabled={create.busy} data-testid="create-back">
                  {t('actions.back')}
                </Button>
              )}
              <Button
                type="primary"
                htmlType="submit"
                loading={create.busy}
                disabled={!ready}
                data-testid={step === 'device' ? 'create-submit' : 'create-next'}
              >
                {step === 'device' ? t('vault:create.createButton') : t('actions.next')}
              </Button>
              {create.busy && <span className="soft">{t('vault:create.creating')}</span>}
            </div>
          </OwnForm>
        ) : step === 'check' ? (
          <KitCheckStep
            codes={created.recoveryCodes}
            busy={enter.busy}
            onBack={() => setStep('kits')}
            onDone={() => enter.run()}
          />
        ) : (
          <KitsStep
            codes={created.recoveryCodes}
            vaultId={created.vaultId}
            company={draft.company.name}
            timeZone={draft.company.timeZone}
            onDone={() => setStep('check')}
          />
        )}
      </div>
    </ClosedFrame>
  )
}
