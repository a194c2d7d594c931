import { Button } from 'antd'
import { useT } from '../app/i18n.ts'
import { type ActKind, useOutcome } from '../stores/outcome.ts'
import { useSessionStore } from '../stores/session.ts'
import { ActionError } from './ActionError.tsx'

/** These renew the keys afterwards; where that was put off or cancelled, the act itself stands all the same. */
const renews: ReadonlySet<ActKind> = new Set(['disable', 'remove', 'reset', 'revoke'])

/** How the last act over people and keys, or over kits, ended: a line when it went well, the whole error when it didn't. */
export function OutcomeNotice({ of }: { of: 'people' | 'kits' }) {
  const t = useT()
  const outcome = useOutcome((state) => state.outcome)
  const clear = useOutcome((state) => state.clear)
  const due = useSessionStore((state) => state.session?.warnings.includes('rotation.due') ?? false)
  if (outcome === undefined || (outcome.act === 'revoke') !== (of === 'kits')) return null
  const { error } = outcome
  if (error !== undefined) return <ActionError error={error} onOpened={clear} />
  return (
    <div className="notice-bar good" role="status" data-testid="outcome" data-act={outcome.act}>
      <span>
        {t(`people:done.${outcome.act}`, { name: outcome.name })}{' '}
        {renews.has(outcome.act) && (due ? t('people:notRenewed') : t('people:renewed'))}
      </span>
      <Button size="small" onClick={clear}>
        {t('vault:session.dismiss')}
      </Button>
    </div>
  )
}
