// One person: role and what it sees, state, and for owners what can be done; what takes something away stands apart.
import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Member } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatInstant } from '../../lib/format.ts'
import { runAct, useOutcome } from '../../stores/outcome.ts'
import { useSessionStore } from '../../stores/session.ts'
import { HandoverSection } from '../handover/HandoverSection.tsx'
import { MemberState } from './MemberState.tsx'
import { type PersonAct, PersonDialogs } from './PersonDialogs.tsx'

interface Props {
  person: Member
  /** No other owner is active. */
  lastOwner: boolean
  onClose: () => void
}

export function PersonDetail({ person, lastOwner, onClose }: Props) {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const [act, setAct] = useState<PersonAct>()
  const self = session?.userId === person.id
  return (
    <aside
      className="detail"
      aria-label={person.name}
      data-testid="person-detail"
      onKeyDown={(event) => {
        // Dialogs opened from here stand elsewhere in the document: their Escape is their own.
        const inside = event.target instanceof Node && event.currentTarget.contains(event.target)
        if (event.key === 'Escape' && inside) onClose()
      }}
    >
      <header className="detail-head">
        <h2>
          {person.name}
          {self && <small>{t('people:you')}</small>}
        </h2>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('people:close')}
          onClick={onClose}
          data-testid="person-close"
        />
      </header>
      <dl className="facts">
        <div className="fact">
          <dt>{t('people:columns.role')}</dt>
          <dd>{t(`role.${person.role}`)}</dd>
        </div>
        <div className="fact">
          <dt>{t('people:sees')}</dt>
          <dd>{t(`people:roleText.${person.role}`)}</dd>
        </div>
        <div className="fact">
          <dt>{t('people:columns.state')}</dt>
          <dd>
            <MemberState person={person} />
            {person.mustChangePassphrase && <p className="soft">{t('people:firstState')}</p>}
          </dd>
        </div>
        <div className="fact">
          <dt>{t('people:columns.lastUnlock')}</dt>
          <dd>
            {person.lastUnlock === null
              ? t('people:never')
              : formatInstant(person.lastUnlock, locale, session?.company.timeZone)}
          </dd>
        </div>
      </dl>
      <HandoverSection person={person} />
      {session?.role === 'owner' &&
        (self ? (
          <p className="detail-section soft" data-testid="person-self">
            {lastOwner ? t('people:lastOwner') : t('people:self')}
          </p>
        ) : (
          <Acts person={person} onAct={setAct} />
        ))}
      <PersonDialogs person={person} act={act} onClose={() => setAct(undefined)} />
    </aside>
  )
}

function Acts({ person, onAct }: { person: Member; onAct: (act: PersonAct) => void }) {
  const t = useT()
  const busy = useOutcome((state) => state.running > 0)
  const active = person.state === 'active'
  return (
    <section className="detail-section">
      <h3>{t('people:acts')}</h3>
      <div className="wizard-foot">
        {active ? (
          <>
            <Button disabled={busy} onClick={() => onAct('role')} data-testid="person-role">
              {t('people:setRole')}
            </Button>
            <Button disabled={busy} onClick={() => onAct('reset')} data-testid="person-reset">
              {t('people:reset')}
            </Button>
          </>
        ) : (
          <Button
            disabled={busy}
            data-testid="person-enable"
            onClick={() => void runAct('enable', person.name, () => call('users.enable', { id: person.id }))}
          >
            {t('people:enable')}
          </Button>
        )}
      </div>
      <div className="wizard-foot apart">
        {active && (
          <Button danger disabled={busy} onClick={() => onAct('disable')} data-testid="person-disable">
            {t('people:disable')}
          </Button>
        )}
        <Button danger disabled={busy} onClick={() => onAct('remove')} data-testid="person-remove">
          {t('people:remove')}
        </Button>
      </div>
    </section>
  )
}
