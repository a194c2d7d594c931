// Complaints that belong to this one, and saying so of another by its number.
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { linkKinds } from '../../../shared/types/case.ts'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'

interface Props {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

export function CaseLinks({ detail, onChange }: Props) {
  const t = useT()
  const role = useSessionStore((state) => state.session?.role)
  const [adding, setAdding] = useState(false)
  const { id } = detail.complaint
  const remove = useAction(async (otherId: string) => {
    const other = detail.linked.find((one) => one.id === otherId)
    if (other !== undefined) onChange(await call('complaints.link', { id, otherId: other.id, linked: false }))
  })
  return (
    <section className="case-links">
      <header className="section-head">
        <h2 className="section-title">{t('cases:linkedTitle')}</h2>
        {role !== 'auditor' && !adding && (
          <Button size="small" onClick={() => setAdding(true)} data-testid="link-add">
            {t('cases:linkAdd')}
          </Button>
        )}
      </header>
      {detail.linked.length === 0 && !adding && <p className="soft">{t('cases:linkNone')}</p>}
      <ul className="plain-list" data-testid="case-links">
        {detail.linked.map((other) => (
          <li key={other.id}>
            <button type="button" className="link" onClick={() => go({ name: 'complaints', id: other.id })}>
              {other.complaintNo}
            </button>{' '}
            <span className="soft">{t(`cases:linkKinds.${other.kind}`)}</span>
            {role !== 'auditor' && (
              <Button size="small" type="text" onClick={() => remove.run(other.id)}>
                {t('cases:linkRemove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {remove.error !== undefined && <ErrorNotice error={remove.error} />}
      {adding && (
        <AddLink
          detail={detail}
          onChange={(changed) => {
            onChange(changed)
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  )
}

function AddLink({ detail, onChange, onClose }: Props & { onClose: () => void }) {
  const t = useT()
  const [number, setNumber] = useState('')
  const [kind, setKind] = useState<(typeof linkKinds)[number]>('related')
  const [missing, setMissing] = useState(false)
  const add = useAction(async () => {
    const wanted = number.trim()
    const { items } = await call('complaints.list', { query: wanted, limit: 20 })
    const other = items.find(({ complaintNo }) => complaintNo === wanted)
    setMissing(other === undefined)
    if (other === undefined) return
    onChange(await call('complaints.link', { id: detail.complaint.id, otherId: other.id, kind }))
  })
  return (
    <form
      className="stack-small"
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim() !== '') add.run()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <Field label={t('cases:linkNumber')} error={missing ? t('cases:linkNotFound') : undefined}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={number}
            autoFocus
            autoComplete="off"
            maxLength={100}
            aria-describedby={describedBy}
            data-testid="link-number"
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('cases:linkKind')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            value={kind}
            onChange={setKind}
            data-testid="link-kind"
            options={linkKinds.map((value) => ({ value, label: t(`cases:linkKinds.${value}`) }))}
          />
        )}
      </Field>
      {add.error !== undefined && <ErrorNotice error={add.error} />}
      <div className="wizard-foot end">
        <Button size="small" onClick={onClose}>
          {t('actions.cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          disabled={number.trim() === ''}
          loading={add.busy}
          data-testid="link-save"
        >
          {t('actions.save')}
        </Button>
      </div>
    </form>
  )
}
