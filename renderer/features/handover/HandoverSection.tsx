// On a person's page: their open cases and the act that hands them all over; the handovers that they were part of.
import { App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Handover } from '../../../shared/types/handover.ts'
import type { Member } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { formatInstant, formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'

export function HandoverSection({ person }: { person: Member }) {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const { data, error, reload } = useCall('handover.list', {})
  const [open, setOpen] = useState(false)
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />
  if (data === undefined) return null
  const count = data.openCases.find(({ personId }) => personId === person.id)?.count ?? 0
  const records = data.items.filter(({ from, to }) => from.id === person.id || to.id === person.id)
  const may = session?.role === 'owner' || session?.userId === person.id
  const n = formatNumber(count, locale)
  return (
    <section className="detail-section" data-testid="person-handover">
      <h3>{t('handover:section')}</h3>
      {count === 0 && <p className="soft">{t('handover:noCases')}</p>}
      {count > 0 && <p className="soft">{t('handover:beforeRemove')}</p>}
      {count > 0 && may && (
        <div className="wizard-foot">
          <Button onClick={() => setOpen(true)} data-testid="handover-open">
            {t('handover:button', { n })}
          </Button>
        </div>
      )}
      {records.length > 0 && (
        <ul className="handover-records">
          {records.map((one) => (
            <Record key={one.id} handover={one} />
          ))}
        </ul>
      )}
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
        title={t('handover:title', { name: person.name })}
        closable={{ 'aria-label': t('actions.close') }}
      >
        <HandoverForm person={person} count={n} onClose={() => setOpen(false)} />
      </Modal>
    </section>
  )
}

function Record({ handover }: { handover: Handover }) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const at = (instant: string) => formatInstant(instant, locale, timeZone)
  const { from, to, cases } = handover
  const side = (name: string, confirmed: Handover['confirmedTo']) =>
    confirmed === null
      ? t('handover:waiting', { name })
      : t('handover:confirmedBy', { name: confirmed.by, at: at(confirmed.at) })
  return (
    <li data-testid="handover-record">
      <p>
        {t('handover:record', {
          from: from.name,
          to: to.name,
          n: formatNumber(cases, locale),
          at: at(handover.at),
        })}
      </p>
      <p className="soft">{side(from.name, handover.confirmedFrom)}</p>
      <p className="soft">{side(to.name, handover.confirmedTo)}</p>
    </li>
  )
}

function HandoverForm({ person, count, onClose }: { person: Member; count: string; onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const { message } = App.useApp()
  const people = useCall('users.list', {})
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const others = (people.data?.items ?? []).filter(({ id, state }) => id !== person.id && state === 'active')
  const act = useAction(async () => {
    if (to === undefined) return
    const { cases } = await call('handover.create', { from: person.id, to, note })
    useDataStore.getState().bump()
    message.success(t('handover:done', { n: formatNumber(cases, locale) }), 4)
    onClose()
  })
  return (
    <OwnForm className="stack-small" onSubmit={() => act.run()}>
      <p>{t('handover:text', { name: person.name, n: count })}</p>
      <Field label={t('handover:to')}>
        {({ id }) => (
          <Select
            id={id}
            {...(to === undefined ? {} : { value: to })}
            placeholder={t('handover:choose')}
            options={others.map((one) => ({
              value: one.id,
              label: `${one.name} · ${t(`role.${one.role}`)}`,
            }))}
            data-testid="handover-to"
            onChange={(chosen: string) => setTo(chosen)}
          />
        )}
      </Field>
      <Field label={t('handover:note')} hint={t('handover:noteHint')}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={note}
            maxLength={500}
            autoComplete="off"
            aria-describedby={describedBy}
            data-testid="handover-note"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {act.error !== undefined && <ErrorNotice error={act.error} />}
      <FormFoot
        confirm={t('handover:confirmButton')}
        ready={to !== undefined}
        busy={act.busy}
        onClose={onClose}
        testId="handover-create"
      />
    </OwnForm>
  )
}
