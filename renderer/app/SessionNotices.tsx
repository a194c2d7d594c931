// What the person must know about this opening: when it was last opened in their name, failed attempts since, warnings of
// the vault. Closed by the person only.
import { Button } from 'antd'
import { useState } from 'react'
import { errorText } from '../../shared/locales/index.ts'
import { formatInstant } from '../lib/format.ts'
import { useSessionStore } from '../stores/session.ts'
import { useLocale, useT } from './i18n.ts'

export function SessionNotices() {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const [seen, setSeen] = useState(false)
  if (session === undefined || seen) return null
  const lines = session.warnings.map((code) => {
    const text = errorText(locale, code)
    return `${text.what}${text.next}`
  })
  if (session.failedUnlocks > 0) lines.unshift(t('vault:session.failedUnlocks', { n: session.failedUnlocks }))
  if (session.lastUnlock !== null) {
    const at = formatInstant(session.lastUnlock, locale, session.company.timeZone)
    lines.unshift(t('vault:session.lastUnlock', { user: session.user, at }))
  }
  if (lines.length === 0) return null
  return (
    <div className="notice-bar" role="status" data-testid="session-notices">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button size="small" onClick={() => setSeen(true)}>
        {t('vault:session.dismiss')}
      </Button>
    </div>
  )
}
