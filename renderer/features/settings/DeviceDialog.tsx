// Enrolling this computer, or adding a way in for another one: both take the passphrase, since a slot is sealed with it.
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { PassphraseField } from '../../components/PassphraseField.tsx'
import { useDone } from '../../components/use-done.ts'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'

export type DeviceAct = 'add' | 'carry'

const channels = { add: 'devices.add', carry: 'devices.carry' } as const
const doneTexts = { add: 'added', carry: 'carried' } as const

export function DeviceDialog({ act, onClose }: { act: DeviceAct | undefined; onClose: () => void }) {
  const t = useT()
  return (
    <PlainDialog
      open={act !== undefined}
      onClose={onClose}
      width={480}
      title={act === undefined ? '' : t(`people:computers.${act}`)}
    >
      {act !== undefined && <Form act={act} onClose={onClose} />}
    </PlainDialog>
  )
}

function Form({ act, onClose }: { act: DeviceAct; onClose: () => void }) {
  const t = useT()
  const done = useDone()
  const [passphrase, setPassphrase] = useState('')
  useEffect(() => () => setPassphrase(''), [])
  const run = useAction(async () => {
    await call(channels[act], { passphrase })
    setPassphrase('')
    done(t(`people:computers.${doneTexts[act]}`))
    onClose()
  })
  return (
    <OwnForm className="stack-small" ready={passphrase !== ''} onSubmit={() => run.run()}>
      <p>{t(`people:computers.${act}Text`)}</p>
      <Field label={t('people:computers.passphrase')}>
        {({ id, describedBy }) => (
          <PassphraseField
            id={id}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
            invalid={run.error?.code === 'vault.wrongPassphrase'}
            describedBy={describedBy}
            testId="devices-passphrase"
          />
        )}
      </Field>
      {run.error !== undefined && <ActionError error={run.error} onOpened={run.clear} />}
      <FormFoot
        confirm={t(`people:computers.${act}`)}
        ready={passphrase !== ''}
        busy={run.busy}
        onClose={onClose}
        testId="devices-confirm"
      />
    </OwnForm>
  )
}
