// A complaint taken down during a call: everything on one screen, Ctrl+Enter saves.
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { commandKey } from '../../app/use-shortcuts.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { Kbd } from '../../components/Kbd.tsx'
import { Page } from '../../components/Page.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { clockNow } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { go } from '../../stores/navigation.ts'
import { refreshSession, useIdentitiesOpen, useSessionStore } from '../../stores/session.ts'
import { categoryChoice, CategoryInput, useCategoryTree } from './CategoryInput.tsx'
import { CustomerPicker, type PickedCustomer } from './CustomerPicker.tsx'

interface Typed {
  customerName: string
  customerMobile: string
  receivedAt: string
  channel: string
  category: string
  subcategory: string
  amount: string
  narrative: string
}

interface Props {
  customerId: string | undefined
  customerLabel: string | undefined
}

/** A date, or date and clock time in the company's zone. */
const clockPattern = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/
const channels = ['phone', 'visit', 'letter', 'email', 'web', 'transfer'] as const

export function NewComplaintPage({ customerId, customerLabel }: Props) {
  const t = useT()
  const texts = useTexts()
  const id = useId()
  const labels = texts.complaints.fields
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const platform = useSessionStore((state) => state.info?.platform)
  const handler = useSessionStore((state) => state.session?.user ?? '')
  const identitiesOpen = useIdentitiesOpen()
  const summary = useCall('complaints.summary', {})
  const tree = useCategoryTree()
  const blank = (): Typed => ({
    customerName: '',
    customerMobile: '',
    receivedAt: clockNow(timeZone).replace('T', ' '),
    channel: texts.complaints.channels.phone,
    category: '',
    subcategory: '',
    amount: '',
    narrative: '',
  })
  const [typed, setTyped] = useState(blank)
  const [customer, setCustomer] = useState<PickedCustomer | undefined>(
    customerId === undefined ? undefined : { id: customerId, label: customerLabel ?? '' },
  )
  const [saved, setSaved] = useState<{ id: string; complaintNo: string }>()
  const put = (change: Partial<Typed>) => setTyped((old) => ({ ...old, ...change }))
  const suggested = (summary.data?.byCategory ?? []).map((one) => one.category).filter((name) => name !== '')
  const choice = categoryChoice(tree, typed, suggested)
  const putCategory = (category: string) => {
    const below = categoryChoice(tree, { category, subcategory: '' }).subcategories
    // A subcategory of another category isn't one of the new one.
    const stays = choice.subcategories.length === 0 || below.includes(typed.subcategory)
    put({ category, ...(stays ? {} : { subcategory: '' }) })
  }
  const dated = clockPattern.test(typed.receivedAt.trim())
  const ready = typed.narrative.trim() !== '' && dated

  const save = useAction(async () => {
    const who = customer === undefined ? {} : { customerId: customer.id }
    const answer = await call('complaints.add', {
      ...typed,
      ...who,
      receivedAt: typed.receivedAt.trim().replace(' ', 'T'),
      handler,
    })
    setTyped(blank())
    setCustomer(undefined)
    setSaved(answer)
    useDataStore.getState().bump()
    if (!identitiesOpen) await refreshSession()
  })

  if (saved !== undefined) {
    return (
      <Page title={t('complaints:formTitle')} purpose={t('complaints:formPurpose')}>
        <div className="saved" role="status">
          <p className="soft">{t('complaints:savedTitle')}</p>
          <p className="saved-number mono" data-testid="complaint-saved-no">
            {saved.complaintNo}
          </p>
          <p>{t('complaints:savedHint')}</p>
          <div className="wizard-foot">
            <Button
              type="primary"
              autoFocus
              onClick={() => go({ name: 'complaints', id: saved.id })}
              data-testid="complaint-open"
            >
              {t('complaints:openCase')}
            </Button>
            <Button onClick={() => setSaved(undefined)} data-testid="complaint-another">
              {t('complaints:another')}
            </Button>
          </div>
        </div>
      </Page>
    )
  }

  return (
    <Page title={t('complaints:formTitle')} purpose={t('complaints:formPurpose')}>
      <OwnForm
        className="call-form"
        ready={ready}
        onSubmit={() => save.run()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
            event.preventDefault()
            save.run()
          }
        }}
      >
        <IdentitiesBanner />
        <section className="call-who">
          <h2>{t('complaints:who')}</h2>
          <CustomerPicker value={customer} onChange={setCustomer} />
          {customer === undefined && (
            <>
              <p className="soft">{t('complaints:orTyped')}</p>
              <label className="field" htmlFor={`${id}-name`}>
                <span className="field-label">{labels.customerName}</span>
                <Input
                  id={`${id}-name`}
                  value={typed.customerName}
                  autoComplete="off"
                  maxLength={200}
                  data-testid="complaint-name"
                  onChange={(event) => put({ customerName: event.target.value })}
                />
              </label>
              <label className="field" htmlFor={`${id}-mobile`}>
                <span className="field-label">{labels.customerMobile}</span>
                <Input
                  id={`${id}-mobile`}
                  value={typed.customerMobile}
                  autoComplete="off"
                  inputMode="tel"
                  maxLength={50}
                  data-testid="complaint-mobile"
                  onChange={(event) => put({ customerMobile: event.target.value })}
                />
              </label>
            </>
          )}
          <h2>{t('complaints:details')}</h2>
          <label className="field" htmlFor={`${id}-received`}>
            <span className="field-label">{labels.receivedAt}</span>
            <Input
              id={`${id}-received`}
              className="mono"
              value={typed.receivedAt}
              autoComplete="off"
              maxLength={19}
              title={t('complaints:receivedHint')}
              status={dated ? '' : 'error'}
              aria-invalid={!dated}
              aria-describedby={dated ? undefined : `${id}-received-hint`}
              data-testid="complaint-received"
              onChange={(event) => put({ receivedAt: event.target.value })}
            />
            {!dated && (
              <span id={`${id}-received-hint`} className="field-error" role="status">
                {t('complaints:receivedHint')}
              </span>
            )}
          </label>
          <div className="call-pair">
            <label className="field" htmlFor={`${id}-channel`}>
              <span className="field-label">{labels.channel}</span>
              <Select
                id={`${id}-channel`}
                value={typed.channel}
                data-testid="complaint-channel"
                options={channels.map((name) => ({ value: texts.complaints.channels[name] }))}
                onChange={(channel: string) => put({ channel })}
              />
            </label>
            <label className="field" htmlFor={`${id}-amount`}>
              <span className="field-label">{labels.amount}</span>
              <Input
                id={`${id}-amount`}
                value={typed.amount}
                inputMode="decimal"
                autoComplete="off"
                maxLength={30}
                data-testid="complaint-amount"
                onChange={(event) => put({ amount: event.target.value })}
              />
            </label>
          </div>
          <div className={tree.length === 0 ? undefined : 'call-pair'}>
            <div className="field">
              <label className="field-label" htmlFor={`${id}-category`}>
                {labels.category}
              </label>
              <CategoryInput
                id={`${id}-category`}
                value={typed.category}
                offered={choice.categories}
                outside={choice.outside === 'category'}
                onChange={putCategory}
                testId="complaint-category"
              />
            </div>
            {tree.length > 0 && (
              <div className="field">
                <label className="field-label" htmlFor={`${id}-subcategory`}>
                  {labels.subcategory}
                </label>
                <CategoryInput
                  id={`${id}-subcategory`}
                  value={typed.subcategory}
                  offered={choice.subcategories}
                  outside={choice.outside === 'subcategory'}
                  onChange={(subcategory) => put({ subcategory })}
                  testId="complaint-subcategory"
                />
              </div>
            )}
          </div>
        </section>
        <section className="call-what">
          <label className="field" htmlFor={`${id}-narrative`}>
            <h2>{t('complaints:what')}</h2>
          </label>
          <Input.TextArea
            id={`${id}-narrative`}
            className="call-narrative"
            value={typed.narrative}
            autoFocus
            placeholder={t('complaints:narrativeHint')}
            data-testid="complaint-narrative"
            onChange={(event) => put({ narrative: event.target.value })}
          />
          {!identitiesOpen && (
            <p className="soft" data-testid="complaint-kept">
              {t('complaints:kept')}
            </p>
          )}
          {save.error !== undefined && <ErrorNotice error={save.error} />}
          <div className="wizard-foot end">
            {typed.narrative.trim() === '' && <span className="soft">{t('complaints:needNarrative')}</span>}
            <Button onClick={() => go({ name: 'complaints' })}>{t('actions.cancel')}</Button>
            <Button
              type="primary"
              htmlType="submit"
              disabled={!ready}
              loading={save.busy}
              data-testid="complaint-save"
            >
              {t('complaints:saveAndShow')}
            </Button>
            <span className="soft">
              <Kbd>{commandKey(platform)} Enter</Kbd>
            </span>
          </div>
        </section>
      </OwnForm>
    </Page>
  )
}
