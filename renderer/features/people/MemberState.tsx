import type { Member } from '../../../shared/types/vault.ts'
import { useT } from '../../app/i18n.ts'

/** A person's state as a word; its tone only helps. */
export function MemberState({ person }: { person: Member }) {
  const t = useT()
  const state = person.state === 'disabled' ? 'disabled' : person.mustChangePassphrase ? 'first' : 'active'
  const tone = { disabled: 'done', first: 'wait', active: 'open' }[state]
  return (
    <span className={`status-word tone-${tone}`} data-testid="person-state" data-state={state}>
      {t(`people:states.${state}`)}
    </span>
  )
}
