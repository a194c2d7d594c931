import { Button } from 'antd'
import { useT } from '../app/i18n.ts'
import { useOutcome } from '../stores/outcome.ts'
import { ActionError } from './ActionError.tsx'

/** How the last act over people, keys or kits ended: a line when it went well, the whole error when it didn't. */
export function OutcomeNotice() {
  const t = useT()
  const outcome = useOutcome((state) => state.outcome)
  const clear = useOutcome((state) => state.clear)
  if (outcome === undefined) return null
  const { error } = outcome
  if (error !== undefined) return <ActionError error={error} onOpened={clear} />
  return (
    <div className="notice-bar good" role="status" data-testid="outcome" data-act={outcome.act}>
      <span>{t(`people:done.${outcome.act}`, { name: outcome.name })}</span>
      <Button size="small" onClick={clear}>
        {t('vault:session.dismiss')}
      </Button>
    </div>
  )
}
