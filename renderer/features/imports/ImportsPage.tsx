// The import road: choose a file, match columns, dry run, import. What was typed is kept when the page is left.
import { Button, Steps } from 'antd'
import { useEffect, useState } from 'react'
import type { ImportPreview } from '../../../shared/types/exchange.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { toAppError } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { useDataStore } from '../../stores/data.ts'
import { type ImportStep, useImportWizard } from '../../stores/import-wizard.ts'
import { runJob, useJobs } from '../../stores/jobs.ts'
import { refreshSession, useSessionStore } from '../../stores/session.ts'
import { BatchList } from './BatchList.tsx'
import { FileStep } from './FileStep.tsx'
import { MappingStep } from './MappingStep.tsx'
import { RejectsField } from './RejectsField.tsx'
import { ResultStep } from './ResultStep.tsx'

const steps: readonly ImportStep[] = ['file', 'mapping', 'trial', 'done']

export function ImportsPage() {
  const t = useT()
  const role = useSessionStore((state) => state.session?.role)
  const mayImport = role !== undefined && holdsIdentities(role)
  return (
    <Page title={t('imports:title')} purpose={t('imports:purpose')}>
      <div className="stack wide-page">
        {mayImport && <IdentitiesBanner />}
        {mayImport && <Wizard />}
        {role !== undefined && !mayImport && (
          <p className="soft" data-testid="import-no-right">
            {t('imports:noRight')}
          </p>
        )}
        <BatchList />
      </div>
    </Page>
  )
}

function Wizard() {
  const t = useT()
  const wizard = useImportWizard()
  const { step, set } = wizard
  const [preview, setPreview] = useState<ImportPreview>()

  const read = useAction(async () => {
    const answer = await runJob('preview', 'imports.preview', {
      path: wizard.path.trim(),
      rows: 20,
      ...(wizard.kind === undefined ? {} : { kind: wizard.kind }),
    })
    setPreview(answer)
    const same =
      wizard.mapping !== undefined && wizard.sha256 === answer.sha256 && wizard.kind === answer.kind
    set({
      step: step === 'file' ? 'mapping' : step,
      kind: answer.kind,
      sha256: answer.sha256,
      mapping: same ? wizard.mapping : answer.mapping,
    })
  })
  const input = (dryRun: boolean) => ({
    path: wizard.path.trim(),
    kind: wizard.kind ?? 'customers',
    dryRun,
    duplicates: wizard.duplicates,
    ...(wizard.mapping === undefined ? {} : { mapping: wizard.mapping }),
    ...(wizard.sha256 === undefined ? {} : { sha256: wizard.sha256 }),
    ...(dryRun || wizard.rejectsPath.trim() === '' ? {} : { rejectsPath: wizard.rejectsPath.trim() }),
  })
  const trial = useAction(async () => {
    set({ failure: undefined })
    const answer = await runJob('dryRun', 'imports.run', input(true), preview?.rowCount)
    set({ trial: answer, step: 'trial' })
  })
  const run = useAction(async () => {
    set({ failure: undefined })
    try {
      set({ result: await runJob('import', 'imports.run', input(false), wizard.trial?.rows), step: 'done' })
    } catch (thrown) {
      set({ failure: toAppError(thrown) })
      return
    }
    useDataStore.getState().bump()
    await refreshSession()
  })

  // Left and come back: the file's cells weren't kept, so it is read again.
  const { run: readAgain } = read
  const resume = preview === undefined && step === 'mapping'
  useEffect(() => {
    if (resume) readAgain()
  }, [resume, readAgain])

  const error = read.error ?? trial.error ?? run.error ?? wizard.failure
  // A run that was started before the page was left and entered again is still a run.
  const working = useJobs((state) => state.jobs.some((job) => job.kind === 'import' || job.kind === 'dryRun'))
  const busy = read.busy || trial.busy || run.busy || working
  const restart = () => {
    setPreview(undefined)
    wizard.reset()
    for (const action of [read, trial, run]) action.clear()
  }
  const changed =
    step !== 'file' && (error?.code === 'import.fileChanged' || error?.code === 'import.fileNotFound')
  return (
    <section className="card stack" aria-label={t('imports:title')}>
      <Steps
        size="small"
        current={steps.indexOf(step)}
        items={steps.map((name) => ({ title: t(`imports:steps.${name}`) }))}
      />
      {step === 'file' && <FileStep busy={read.busy} onRead={() => read.run()} />}
      {step === 'mapping' && preview === undefined && read.error === undefined && <Loading rows={6} />}
      {step === 'mapping' && preview !== undefined && <MappingStep preview={preview} />}
      {step === 'trial' && wizard.trial !== undefined && <ResultStep result={wizard.trial} />}
      {step === 'trial' && (wizard.trial?.rejected ?? 0) > 0 && <RejectsField />}
      {step === 'done' && wizard.result !== undefined && (
        <ResultStep result={wizard.result} kind={wizard.kind ?? 'customers'} />
      )}
      {error !== undefined && <ErrorNotice error={error} {...(changed ? { onRetry: restart } : {})} />}
      {step === 'mapping' && preview !== undefined && (
        <div className="wizard-foot">
          <Button onClick={restart} disabled={busy} data-testid="import-back">
            {t('actions.back')}
          </Button>
          <Button
            type="primary"
            loading={trial.busy}
            disabled={busy}
            onClick={() => trial.run()}
            data-testid="import-dry-run"
          >
            {t('imports:trialButton')}
          </Button>
          <span className="soft">{t('imports:trialLead')}</span>
        </div>
      )}
      {step === 'trial' && (
        <div className="wizard-foot">
          <Button
            onClick={() => set({ step: 'mapping', trial: undefined, failure: undefined })}
            disabled={busy}
            data-testid="import-back"
          >
            {t('actions.back')}
          </Button>
          <Button
            type="primary"
            loading={run.busy || working}
            disabled={busy}
            onClick={() => run.run()}
            data-testid="import-run"
          >
            {t('imports:runButton')}
          </Button>
        </div>
      )}
      {step === 'done' && (
        <div className="wizard-foot">
          <Button onClick={restart} data-testid="import-again">
            {t('imports:again')}
          </Button>
        </div>
      )}
    </section>
  )
}
