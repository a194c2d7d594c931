// Identities in the status line: open, closed, or not this role's; what waits to be taken in; a session that can't sign.
import { EditOutlined, InboxOutlined, LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { holdsIdentities, type Session } from '../../shared/types/vault.ts'
import { OpenIdentities } from '../components/OpenIdentities.tsx'
import { go } from '../stores/navigation.ts'
import { useIdentitiesOpen } from '../stores/session.ts'
import { useT } from './i18n.ts'

export function StatusIdentities({ session }: { session: Session }) {
  const t = useT()
  const open = useIdentitiesOpen()
  const [asking, setAsking] = useState(false)
  const mayHold = holdsIdentities(session.role)
  const ask = () => setAsking(true)
  const waiting = (
    <>
      <InboxOutlined aria-hidden="true" /> {t('status.inbox', { n: session.inbox })}
    </>
  )
  return (
    <>
      {!mayHold && <span className="status-part">{t('status.identitiesNone')}</span>}
      {mayHold && open && (
        <span className="status-part" data-testid="identities-open">
          <UnlockOutlined aria-hidden="true" /> {t('status.identitiesOpen')}
        </span>
      )}
      {mayHold && !open && (
        <button
          type="button"
          className="status-part"
          title={t('status.openIdentities')}
          data-testid="identities-closed"
          onClick={ask}
        >
          <LockOutlined aria-hidden="true" /> {t('status.identitiesClosed')}
        </button>
      )}
      {session.inbox > 0 &&
        (mayHold && !open ? (
          <button
            type="button"
            className="status-part"
            title={t('status.inboxHint')}
            data-testid="status-inbox"
            onClick={ask}
          >
            {waiting}
          </button>
        ) : (
          <span className="status-part" title={t('status.inboxHint')} data-testid="status-inbox">
            {waiting}
          </span>
        ))}
      {!session.canSign && (
        <button
          type="button"
          className="status-part warn"
          title={t('status.noSignHint')}
          data-testid="status-no-sign"
          onClick={() => (mayHold ? ask() : go({ name: 'settings', section: 'computers' }))}
        >
          <EditOutlined aria-hidden="true" /> {t('status.noSign')}
        </button>
      )}
      <OpenIdentities open={asking} onClose={() => setAsking(false)} />
    </>
  )
}
