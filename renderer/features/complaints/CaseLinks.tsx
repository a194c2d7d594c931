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
import { OwnForm } from '../../components/OwnForm.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
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
    const { items } = await call('complaints.list', { complaintNo: wanted, limit: 1 })
    const [other] = items
    setMissing(other === undefined)
    if (other === undefined) return
    onChange(await call('complaints.link', { id: detail.complaint.id, otherId: other.id, kind }))
  })
  return (
    <OwnForm
      className="stack-small"
      ready={number.trim() !== ''}
      onSubmit={() => add.run()}
      onKeyDown={(event) => {
        // The list of an open choice has its own Escape.
        if (event.key !== 'Escape' || event.currentTarget.querySelector('.ant-select-open') !== null) return
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
      <FormFoot
        confirm={t('actions.save')}
        ready={number.trim() !== ''}
        busy={add.busy}
        onClose={onClose}
        small
        testId="link-save"
      />
    </OwnForm>
  )
}
