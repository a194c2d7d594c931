// What the person must know about this opening: when it was last opened in their name, failed attempts since, warnings of the
// vault that need no act of an owner. Closed by the person only, and back when there is something else to say.
import { Button } from 'antd'
import { useState } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import { errorText } from '../../shared/locales/index.ts'
import { formatInstant } from '../lib/format.ts'
import { go, useNavigation } from '../stores/navigation.ts'
import { useSessionStore } from '../stores/session.ts'
import { useLocale, useT } from './i18n.ts'

/** These have a banner or a page of their own. */
const elsewhere: ReadonlySet<ErrorCode> = new Set([
  'vault.slotsChanged',
  'vault.rolledBack',
  'passphrase.mustChange',
])

export function SessionNotices() {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const page = useNavigation((state) => state.route.name)
  const [seen, setSeen] = useState('')
  if (session === undefined) return null
  const codes = session.warnings.filter((code) => !elsewhere.has(code))
  const lines = codes.map((code) => {
    const text = errorText(locale, code)
    return [text.what, text.next].join(locale === 'en' ? ' ' : '')
  })
  if (session.failedUnlocks > 0) lines.unshift(t('vault:session.failedUnlocks', { n: session.failedUnlocks }))
  if (session.lastUnlock !== null) {
    const at = formatInstant(session.lastUnlock, locale, session.company.timeZone)
    lines.unshift(t('vault:session.lastUnlock', { user: session.user, at }))
  }
  const said = lines.join('\n')
  if (lines.length === 0 || seen === said) return null
  // On the page where the keys are renewed the same words stand above the list.
  if (page === 'people' && lines.length === 1 && codes.includes('rotation.due')) return null
  return (
    <div className="notice-bar" role="status" data-testid="session-notices">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <span className="notice-acts">
        {codes.includes('rotation.due') && session.role === 'owner' && page !== 'people' && (
          <Button size="small" onClick={() => go({ name: 'people' })} data-testid="notice-people">
            {t('nav.people')}
          </Button>
        )}
        <Button size="small" onClick={() => setSeen(said)}>
          {t('vault:session.dismiss')}
        </Button>
      </span>
    </div>
  )
}
