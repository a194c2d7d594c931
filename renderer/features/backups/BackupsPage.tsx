// A second copy of the whole vault: when the last one was made, making one, checking one.
import { useState } from 'react'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import type { BackupSettings } from '../../../shared/types/exchange.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { BackupCheck } from './BackupCheck.tsx'
import { BackupNow } from './BackupNow.tsx'

const weekMs = 7 * 24 * 60 * 60 * 1000

export function BackupsPage() {
  const t = useT()
  const { data, error, reload, setData } = useCall('backups.getSettings', {})
  const role = useSessionStore((state) => state.session?.role)
  const [made, setMade] = useState('')
  const mayMake = role !== undefined && holdsIdentities(role)
  return (
    <Page title={t('backups:title')} purpose={t('backups:purpose')}>
      <div className="stack settings">
        {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
        {data === undefined && error === undefined && <Loading rows={4} />}
        {data !== undefined && <LastBackup settings={data} />}
        {data !== undefined && mayMake && (
          <BackupNow
            settings={data}
            onSettings={setData}
            onMade={(path) => {
              setMade(path)
              reload()
            }}
          />
        )}
        {role !== undefined && !mayMake && <p className="soft">{t('backups:noRight')}</p>}
        <BackupCheck key={made} start={made} />
      </div>
    </Page>
  )
}

function LastBackup({ settings }: { settings: BackupSettings }) {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const [now] = useState(() => Date.now())
  const at = (instant: string) => formatInstant(instant, locale, session?.company.timeZone)
  const last = session?.lastBackup ?? null
  const old = last !== null && now - Date.parse(last) > weekMs
  const { last: here } = settings
  return (
    <section className="card stack-small" data-testid="backups-last">
      <h2>{t('backups:lastTitle')}</h2>
      <p className={last === null || old ? 'warn' : ''}>
        {last === null ? t('backups:none') : t('backups:last', { at: at(last) })}
        {old && ` ${t('backups:old')}`}
      </p>
      {here !== null && (
        <p className={here.ok ? 'soft' : 'warn'} data-testid="backups-last-here" data-ok={here.ok}>
          {t('backups:lastHere', { at: at(here.at) })} ·{' '}
          {here.ok ? t('backups:lastGood') : t('backups:lastBad')}
          <br />
          <span className="mono selectable">{here.backup}</span>
        </p>
      )}
    </section>
  )
}
