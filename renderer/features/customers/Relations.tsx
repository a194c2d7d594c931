// Family and company: who belongs to this customer.
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import {
  type CustomerOverview,
  type RelationKind,
  relationKinds,
} from '../../../shared/types/customer-work.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OriginalText } from '../../components/OriginalText.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useDataStore } from '../../stores/data.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CustomerPicker, type PickedCustomer } from '../complaints/CustomerPicker.tsx'

export function Relations({ overview }: { overview: CustomerOverview }) {
  const t = useT()
  const [adding, setAdding] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const mayAct = role !== undefined && holdsIdentities(role)
  const { id } = overview.customer
  const remove = useAction(async (relation: CustomerOverview['relations'][number]) => {
    const { other, kind } = relation
    await call('customers.relate', { id, otherId: other.id, kind, related: false })
    useDataStore.getState().bump()
  })
  return (
    <section className="detail-section" data-testid="relations">
      <header className="section-head">
        <h3>{t('customerWork:relations.title')}</h3>
        {mayAct && !adding && (
          <Button size="small" onClick={() => setAdding(true)} data-testid="relation-add">
            {t('customerWork:relations.add')}
          </Button>
        )}
      </header>
      {overview.relations.length === 0 && !adding && (
        <p className="soft">{t('customerWork:relations.none')}</p>
      )}
      <ul className="plain-list">
        {overview.relations.map((relation) => (
          <li key={relation.id}>
            <span className="soft">{t(`customerWork:relations.kinds.${relation.kind}`)}</span>{' '}
            <button
              type="button"
              className="link"
              onClick={() => go({ name: 'customers', id: relation.other.id })}
            >
              {[relation.other.customerNo, relation.other.name].filter((text) => text !== '').join(' ')}
            </button>{' '}
            {relation.note}{' '}
            <OriginalText
              shown={relation.note}
              original={relation.original}
              reveal={async (reason) =>
                (await call('customers.revealText', { id: relation.id, reason })).text
              }
              testId="relation-original"
            />
            {mayAct && (
              <Button size="small" type="text" onClick={() => remove.run(relation)}>
                {t('customerWork:relations.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {remove.error !== undefined && <ErrorNotice error={remove.error} />}
      {adding && <AddRelation id={id} onClose={() => setAdding(false)} />}
    </section>
  )
}

function AddRelation({ id: ofCustomer, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const searchId = useId()
  const [other, setOther] = useState<PickedCustomer>()
  const [kind, setKind] = useState<RelationKind>('spouse')
  const [note, setNote] = useState('')
  const add = useAction(async () => {
    if (other === undefined) return
    await call('customers.relate', { id: ofCustomer, otherId: other.id, kind, note })
    useDataStore.getState().bump()
    onClose()
  })
  return (
    <OwnForm className="stack-small" onSubmit={() => add.run()}>
      <CustomerPicker value={other} onChange={setOther} searchId={searchId} />
      <Field label={t('customerWork:relations.kind')}>
        {({ id }) => (
          <Select
            id={id}
            className="full"
            value={kind}
            onChange={setKind}
            options={relationKinds.map((value) => ({
              value,
              label: t(`customerWork:relations.kinds.${value}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('customerWork:relations.note')}>
        {({ id }) => (
          <Input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      {add.error !== undefined && <ErrorNotice error={add.error} />}
      <FormFoot
        confirm={t('actions.save')}
        ready={other !== undefined}
        busy={add.busy}
        onClose={onClose}
        small
        testId="relation-save"
      />
    </OwnForm>
  )
}
