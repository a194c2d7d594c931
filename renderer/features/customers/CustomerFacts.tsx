// On what basis a customer's data are kept, what they agreed to, what they asked for, what must not go.
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { codeText } from '../../../shared/locales/index.ts'
import {
  type CustomerFact,
  type CustomerOverview,
  type FactKind,
  factCodes,
  factKinds,
  factStates,
  type FactState,
} from '../../../shared/types/customer-work.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OriginalText } from '../../components/OriginalText.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { formatClock } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'

export function CustomerFacts({ overview }: { overview: CustomerOverview }) {
  const t = useT()
  const [adding, setAdding] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const mayAct = role !== undefined && holdsIdentities(role)
  return (
    <section className="detail-section" data-testid="customer-facts">
      <header className="section-head">
        <h3>{t('customerWork:facts.title')}</h3>
        {mayAct && !adding && (
          <Button size="small" onClick={() => setAdding(true)} data-testid="fact-add">
            {t('customerWork:facts.add')}
          </Button>
        )}
      </header>
      {overview.facts.length === 0 && !adding && <p className="soft">{t('customerWork:facts.none')}</p>}
      <ul className="plain-list">
        {overview.facts.map((fact) => (
          <FactLine key={fact.id} fact={fact} mayAct={mayAct} />
        ))}
      </ul>
      {adding && <AddFact customerId={overview.customer.id} onClose={() => setAdding(false)} />}
    </section>
  )
}

function FactLine({ fact, mayAct }: { fact: CustomerFact; mayAct: boolean }) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const set = useAction(async (state: FactState) => {
    await call('customers.setFactState', { id: fact.id, revision: fact.revision, state })
    useDataStore.getState().bump()
  })
  const dates = [fact.date, fact.until].filter((day) => day !== '').map((day) => formatClock(day, locale))
  return (
    <li>
      <p>
        <strong>{t(`customerWork:facts.kinds.${fact.kind}`)}</strong>{' '}
        {codeText(texts.customerWork.facts.codes[fact.kind], fact.code) ?? fact.code}{' '}
        <span className={fact.state === 'active' || fact.state === 'open' ? 'tone-open' : 'soft'}>
          {t(`customerWork:facts.states.${fact.state}`)}
          {fact.stateDate !== '' && ` ${formatClock(fact.stateDate, locale)}`}
        </span>
      </p>
      <p className="soft">
        {[dates.join(' – '), fact.purpose, fact.evidence].filter((text) => text !== '').join(' · ')}
      </p>
      <OriginalText
        shown={`${fact.purpose}\n${fact.evidence}`}
        original={fact.original}
        reveal={async (reason) => (await call('customers.revealText', { id: fact.id, reason })).text}
        testId="fact-original"
      />
      {mayAct && (
        <p className="compare-tools">
          {factStates[fact.kind]
            .filter((state) => state !== fact.state)
            .map((state) => (
              <Button key={state} size="small" loading={set.busy} onClick={() => set.run(state)}>
                {t('customerWork:facts.set', { state: t(`customerWork:facts.states.${state}`) })}
              </Button>
            ))}
        </p>
      )}
      {set.error !== undefined && <ErrorNotice error={set.error} />}
    </li>
  )
}

const textFields = ['purpose', 'evidence', 'date', 'until'] as const

function AddFact({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const texts = useTexts()
  const [kind, setKind] = useState<FactKind>('basis')
  const [code, setCode] = useState<string>(factCodes.basis[0])
  const [values, setValues] = useState<Partial<Record<(typeof textFields)[number], string>>>({})
  const add = useAction(async () => {
    await call('customers.addFact', { customerId, kind, code, ...values })
    useDataStore.getState().bump()
    onClose()
  })
  const day = /^(?:\d{4}-\d{2}-\d{2})?$/
  const bad = (['date', 'until'] as const).filter((field) => !day.test(values[field] ?? ''))
  return (
    <OwnForm className="stack-small" ready={bad.length === 0} onSubmit={() => add.run()}>
      <Field label={t('customerWork:facts.kind')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            value={kind}
            onChange={(next) => {
              setKind(next)
              setCode(factCodes[next][0])
            }}
            options={factKinds.map((value) => ({ value, label: t(`customerWork:facts.kinds.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('customerWork:facts.code')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            value={code}
            onChange={setCode}
            options={factCodes[kind].map((value) => ({
              value,
              label: codeText(texts.customerWork.facts.codes[kind], value) ?? value,
            }))}
          />
        )}
      </Field>
      {textFields.map((field) => (
        <Field
          key={field}
          label={t(`customerWork:facts.${field}`)}
          error={bad.some((one) => one === field) ? t('customerWork:facts.format') : undefined}
        >
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={values[field] ?? ''}
              autoComplete="off"
              maxLength={500}
              aria-describedby={describedBy}
              data-testid={`fact-${field}`}
              onChange={(event) => {
                const { value } = event.target
                setValues((old) => ({ ...old, [field]: value }))
              }}
            />
          )}
        </Field>
      ))}
      {add.error !== undefined && <ErrorNotice error={add.error} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={!(bad.length > 0)}
        busy={add.busy}
        onClose={onClose}
        small
        testId="fact-save"
      />
    </OwnForm>
  )
}
