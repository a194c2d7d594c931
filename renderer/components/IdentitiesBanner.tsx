import { Button } from 'antd'
import { useState } from 'react'
import { holdsIdentities } from '../../shared/types/vault.ts'
import { useT } from '../app/i18n.ts'
import { useIdentitiesOpen, useSessionStore } from '../stores/session.ts'
import { OpenIdentities } from './OpenIdentities.tsx'

/** Says that only masked data are shown, and opens identities for those who may. */
export function IdentitiesBanner() {
  const t = useT()
  const open = useIdentitiesOpen()
  const role = useSessionStore((state) => state.session?.role)
  const [asking, setAsking] = useState(false)
  if (open) return null
  const mayOpen = role !== undefined && holdsIdentities(role)
  if (!mayOpen) return <p className="quiet-line">{t('masked.reviewer')}</p>
  return (
    <div className="notice-bar" role="status" data-testid="identities-banner">
      <span>{t('masked.banner')}</span>
      <Button size="small" onClick={() => setAsking(true)} data-testid="identities-banner-open">
        {t('masked.open')}
      </Button>
      <OpenIdentities open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}
