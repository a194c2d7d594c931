// What an owner can do with one person. Long acts close their dialog and go on in the status line.
import { Button } from 'antd'
import { useState } from 'react'
import { holdsIdentities, type Member, type MemberRole } from '../../../shared/types/vault.ts'
import { useT } from '../../app/i18n.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { NewPassphrase, useNewPassphrase } from '../../components/NewPassphrase.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { runJob } from '../../stores/jobs.ts'
import { runAct } from '../../stores/outcome.ts'
import { useSessionStore } from '../../stores/session.ts'
import { RoleChoice } from './RoleChoice.tsx'

export type PersonAct = 'role' | 'reset' | 'disable' | 'remove'

interface Props {
  person: Member
  act: PersonAct | undefined
  onClose: () => void
}

export function PersonDialogs({ person, act, onClose }: Props) {
  const t = useT()
  const { name } = person
  return (
    <>
      <RoleDialog person={person} open={act === 'role'} onClose={onClose} />
      <ResetDialog person={person} open={act === 'reset'} onClose={onClose} />
      <ConfirmDialog
        open={act === 'disable'}
        title={t('people:disableTitle', { name })}
        confirm={t('people:disable')}
        danger
        testId="person-disable"
        onClose={onClose}
        onConfirm={() => {
          onClose()
          void runAct('disable', name, () => runJob('userDisable', 'users.disable', { id: person.id }))
        }}
      >
        <p>{t('people:disableText')}</p>
        <p className="soft">{t('people:oldCopies')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={act === 'remove'}
        title={t('people:removeTitle', { name })}
        confirm={t('people:remove')}
        danger
        typedName={name}
        testId="person-remove"
        onClose={onClose}
        onConfirm={() => {
          onClose()
          void runAct('remove', name, () => runJob('userRemove', 'users.remove', { id: person.id }))
        }}
      >
        <p>{t('people:removeText')}</p>
        <p className="soft">{t('people:oldCopies')}</p>
      </ConfirmDialog>
    </>
  )
}

interface DialogProps {
  person: Member
  open: boolean
  onClose: () => void
}

type Change = 'gainIdentities' | 'loseIdentities' | 'gainOwner' | 'loseOwner' | 'same'

/** What a change of role gives and takes. */
function changesOf(from: MemberRole, to: MemberRole): Change[] {
  if (from === to) return ['same']
  const had = holdsIdentities(from)
  const has = holdsIdentities(to)
  return [
    ...(has && !had ? (['gainIdentities'] as const) : []),
    ...(had && !has ? (['loseIdentities'] as const) : []),
    ...(to === 'owner' ? (['gainOwner'] as const) : []),
    ...(from === 'owner' ? (['loseOwner'] as const) : []),
  ]
}

function RoleDialog({ person, open, onClose }: DialogProps) {
  const t = useT()
  const [chosen, setChosen] = useState<MemberRole>()
  const role = chosen ?? person.role
  const close = () => {
    setChosen(undefined)
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title={t('people:setRoleTitle', { name: person.name })}
      confirm={t('people:setRoleButton', { role: t(`role.${role}`) })}
      disabled={role === person.role}
      width={560}
      testId="person-role"
      onClose={close}
      onConfirm={() => {
        close()
        void runAct('role', person.name, () => runJob('userRole', 'users.setRole', { id: person.id, role }))
      }}
    >
      <RoleChoice value={role} onChange={setChosen} testId="person-role" />
      <ul className="changes" role="status" data-testid="person-role-changes">
        {changesOf(person.role, role).map((change) => (
          <li key={change} className={change === 'same' ? 'soft' : ''}>
            {t(`people:change.${change}`)}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}

function ResetDialog({ person, open, onClose }: DialogProps) {
  const t = useT()
  return (
    <PlainDialog
      open={open}
      onClose={onClose}
      width={720}
      title={t('people:resetTitle', { name: person.name })}
    >
      <ResetForm person={person} onClose={onClose} />
    </PlainDialog>
  )
}

function ResetForm({ person, onClose }: { person: Member; onClose: () => void }) {
  const t = useT()
  const company = useSessionStore((state) => state.session?.company.name ?? '')
  const passphrase = useNewPassphrase([company, person.name])
  const reset = () => {
    const request = { id: person.id, passphrase: passphrase.value }
    passphrase.reset()
    onClose()
    void runAct('reset', person.name, () => runJob('userReset', 'users.reset', request))
  }
  return (
    <OwnForm className="stack-small" ready={passphrase.ready} onSubmit={() => reset()}>
      <p>{t('people:resetText')}</p>
      <NewPassphrase
        state={passphrase}
        label={t('people:firstPassphrase')}
        repeatLabel={t('people:firstRepeat')}
        testId="person-reset"
        autoFocus
      />
      <p className="soft">{t('people:firstHint')}</p>
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          danger
          htmlType="submit"
          disabled={!passphrase.ready}
          data-testid="person-reset-confirm"
        >
          {t('people:resetButton')}
        </Button>
      </div>
    </OwnForm>
  )
}
