import { Button } from 'antd'
import { useState } from 'react'
import { holdsIdentities } from '../../shared/types/vault.ts'
import { useT } from '../app/i18n.ts'
import { useSessionStore } from '../stores/session.ts'
import { OpenIdentities } from './OpenIdentities.tsx'

/** Says, where a signature is needed, that this session has none to give, and opens identities for those who may: then it has. */
export function CannotSign() {
  const t = useT()
  const session = useSessionStore((state) => state.session)
  const [asking, setAsking] = useState(false)
  if (session === undefined || session.canSign) return null
  return (
    <div className="notice-bar" role="status" data-testid="cannot-sign">
      <span>{t('status.noSignHint')}</span>
      {holdsIdentities(session.role) && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('masked.open')}
        </Button>
      )}
      <OpenIdentities open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}
