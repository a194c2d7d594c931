// Recovery kits, for owners: which there are, when each was last tried, trying, replacing and revoking one.
import { Button } from 'antd'
import { useState } from 'react'
import type { Kit } from '../../../shared/types/vault.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { OutcomeNotice } from '../../components/OutcomeNotice.tsx'
import { formatInstant } from '../../lib/format.ts'
import { runJob } from '../../stores/jobs.ts'
import { go } from '../../stores/navigation.ts'
import { runAct, useOutcome } from '../../stores/outcome.ts'
import { useSessionStore } from '../../stores/session.ts'
import { KitCheckDialog } from './KitCheckDialog.tsx'
import { useKitName } from './kit-name.ts'

/** Half a year: paper fades, drawers are cleared out. */
const remindAfterMs = 183 * 24 * 60 * 60 * 1000

export function KitsSection() {
  const t = useT()
  const nameOf = useKitName()
  const { data, error, reload } = useCall('kits.list', {})
  const [checking, setChecking] = useState(false)
  const [revoking, setRevoking] = useState<Kit>()
  const name = revoking === undefined ? '' : nameOf(revoking.name)
  return (
    <section className="card stack-small" data-testid="kits">
      <header className="section-head">
        <h2 className="section-title">{t('people:kits.title')}</h2>
        <Button onClick={() => setChecking(true)} data-testid="kits-check">
          {t('people:kits.check')}
        </Button>
      </header>
      <p className="soft">{t('people:kits.lead')}</p>
      <OutcomeNotice of="kits" />
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Loading rows={2} />}
      <ul className="rows">
        {data?.items.map((kit) => (
          <KitRow key={kit.id} kit={kit} onRevoke={() => setRevoking(kit)} />
        ))}
      </ul>
      <KitCheckDialog open={checking} onClose={() => setChecking(false)} />
      <ConfirmDialog
        open={revoking !== undefined}
        title={t('people:kits.revokeTitle', { name })}
        confirm={t('people:kits.revoke')}
        danger
        typedName={name}
        testId="kit-revoke"
        onClose={() => setRevoking(undefined)}
        onConfirm={() => {
          setRevoking(undefined)
          if (revoking === undefined) return
          void runAct('revoke', name, () => runJob('kitRevoke', 'kits.revoke', { id: revoking.id }))
        }}
      >
        <p>{t('people:kits.revokeText')}</p>
      </ConfirmDialog>
    </section>
  )
}

function KitRow({ kit, onRevoke }: { kit: Kit; onRevoke: () => void }) {
  const t = useT()
  const locale = useLocale()
  const nameOf = useKitName()
  const busy = useOutcome((state) => state.running > 0)
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const at = (instant: string) => formatInstant(instant, locale, timeZone)
  const [now] = useState(() => Date.now())
  const made = Date.parse(kit.createdAt)
  const old = now - (kit.checkedAt === null ? made : Date.parse(kit.checkedAt)) > remindAfterMs
  return (
    <li className="row" data-testid="kit-row">
      <div className="row-text">
        <strong>{nameOf(kit.name)}</strong>
        <span className="soft">
          {t('people:kits.made', { at: at(kit.createdAt) })} ·{' '}
          {kit.checkedAt === null
            ? t('people:kits.never')
            : t('people:kits.checked', { at: at(kit.checkedAt) })}
        </span>
        {(old || kit.checkedAt === null) && (
          <span className="warn" data-testid="kit-remind">
            {old && kit.checkedAt !== null ? t('people:kits.old') : t('people:kits.remind')}
          </span>
        )}
      </div>
      <div className="row-acts">
        <Button
          size="small"
          disabled={busy}
          data-testid="kit-replace"
          onClick={() => go({ name: 'newKit', id: kit.id, kit: nameOf(kit.name) })}
        >
          {t('people:kits.replace')}
        </Button>
        <Button size="small" danger disabled={busy} onClick={onRevoke} data-testid="kit-revoke">
          {t('people:kits.revoke')}
        </Button>
      </div>
    </li>
  )
}
