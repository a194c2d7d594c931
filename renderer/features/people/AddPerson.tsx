// Adding a person: name, role, a first passphrase that they have to change.
import { Input } from 'antd'
import { useState } from 'react'
import { type MemberRole, personNameSchema } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { NewPassphrase, useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useDataStore } from '../../stores/data.ts'
import { useOutcome } from '../../stores/outcome.ts'
import { useSessionStore } from '../../stores/session.ts'
import { RoleChoice } from './RoleChoice.tsx'

interface Props {
  open: boolean
  /** Names that are taken. */
  taken: readonly string[]
  onClose: () => void
  onAdded: (id: string) => void
}

export function AddPerson(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={720} title={t('people:addTitle')}>
      <Form {...props} />
    </PlainDialog>
  )
}

function Form({ taken, onClose, onAdded }: Props) {
  const t = useT()
  const company = useSessionStore((state) => state.session?.company.name ?? '')
  const [name, setName] = useState('')
  const [role, setRole] = useState<MemberRole>('handler')
  const passphrase = useNewPassphrase([company, name])
  const parsed = personNameSchema.safeParse(name)
  const known = parsed.success && taken.includes(parsed.data)
  const nameError = known
    ? t('people:nameTaken')
    : name.trim() !== '' && !parsed.success
      ? t('field.format')
      : undefined
  const ready = parsed.success && !known && passphrase.ready
  const add = useAction(async () => {
    const words = passphrase.value
    const { id } = await call('users.add', { name: parsed.data ?? name, role, passphrase: words })
    passphrase.reset()
    useDataStore.getState().bump()
    useOutcome.getState().tell({ act: 'add', name: parsed.data ?? name, error: undefined })
    onAdded(id)
  })
  return (
    <OwnForm className="stack-small" ready={ready} onSubmit={() => add.run()}>
      <Field label={t('people:name')} hint={t('people:nameHint')} error={nameError}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={name}
            autoFocus
            autoComplete="off"
            maxLength={100}
            status={nameError === undefined ? '' : 'error'}
            aria-invalid={nameError !== undefined}
            aria-describedby={describedBy}
            data-testid="people-add-name"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <RoleChoice value={role} onChange={setRole} testId="people-add-role" />
      <NewPassphrase
        state={passphrase}
        label={t('people:firstPassphrase')}
        repeatLabel={t('people:firstRepeat')}
        testId="people-add"
      />
      <p className="soft">{t('people:firstHint')}</p>
      {add.error !== undefined && <ActionError error={add.error} onOpened={add.clear} />}
      <FormFoot
        confirm={t('people:addButton')}
        ready={ready}
        busy={add.busy}
        onClose={onClose}
        testId="people-add-submit"
      />
    </OwnForm>
  )
}
