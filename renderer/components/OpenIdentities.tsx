// Asks for the passphrase to open identities again. It lives in this dialog's state only while the dialog stands.
import { Button } from 'antd'
import { useId, useState } from 'react'
import { call } from '../api/client.ts'
import { useAction } from '../api/use-action.ts'
import { useT } from '../app/i18n.ts'
import { useDataStore } from '../stores/data.ts'
import { useSessionStore } from '../stores/session.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { PassphraseField } from './PassphraseField.tsx'
import { OwnForm } from './OwnForm.tsx'
import { PlainDialog } from './PlainDialog.tsx'

interface Props {
  open: boolean
  onClose: () => void
  onOpened?: () => void
}

export function OpenIdentities({ open, onClose, onOpened }: Props) {
  const t = useT()
  return (
    <PlainDialog open={open} onClose={onClose} width={420} title={t('masked.title')}>
      <IdentitiesForm
        onDone={() => {
          onClose()
          onOpened?.()
        }}
      />
    </PlainDialog>
  )
}

function IdentitiesForm({ onDone }: { onDone: () => void }) {
  const t = useT()
  const id = useId()
  const [passphrase, setPassphrase] = useState('')
  const unlock = useAction(async () => {
    const session = await call('vault.openIdentities', { passphrase })
    setPassphrase('')
    useSessionStore.getState().update(session)
    useDataStore.getState().bump()
    onDone()
  })
  return (
    <OwnForm className="stack" onSubmit={() => unlock.run()}>
      <p className="soft">{t('masked.hint')}</p>
      <label className="field" htmlFor={id}>
        <span className="field-label">{t('masked.passphrase')}</span>
        <PassphraseField
          id={id}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          testId="identities-passphrase"
        />
      </label>
      {unlock.error !== undefined && <ErrorNotice error={unlock.error} />}
      <Button
        type="primary"
        htmlType="submit"
        loading={unlock.busy}
        disabled={passphrase === ''}
        data-testid="identities-submit"
      >
        {t('masked.open')}
      </Button>
    </OwnForm>
  )
}
