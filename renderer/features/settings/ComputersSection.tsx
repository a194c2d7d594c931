// The person's own ways in: which computers are enrolled, carrying the vault to another, masked work without passphrase.
import { Button } from 'antd'
import { useState } from 'react'
import type { DeviceSlot } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { useDone } from '../../components/use-done.ts'
import { formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { type DeviceAct, DeviceDialog } from './DeviceDialog.tsx'
import { QuickUnlock } from './QuickUnlock.tsx'

export function ComputersSection() {
  const t = useT()
  const done = useDone()
  const { data, error, reload } = useCall('devices.list', {})
  const keychain = useSessionStore((state) => state.info?.keychain ?? false)
  const path = useSessionStore((state) => state.path)
  const self = useSessionStore((state) => state.session?.userId)
  const quick = useCall('vault.listQuickUnlock', path === undefined ? null : { path })
  const quickHere = self !== undefined && (quick.data?.people.includes(self) ?? false)
  const [act, setAct] = useState<DeviceAct>()
  const [removing, setRemoving] = useState<DeviceSlot>()
  const items = data?.items ?? []
  const ways = items.filter((slot) => slot.kind === 'passphrase')
  const enrolled = ways.some((slot) => slot.deviceBound && slot.here === true)
  const carried = ways.some((slot) => !slot.deviceBound)
  const remove = useAction(async () => {
    if (removing === undefined) return
    setRemoving(undefined)
    await call('devices.remove', { id: removing.id })
    done(t('people:computers.removed'))
  })
  return (
    <section className="card stack-small" data-testid="computers">
      <h2>{t('people:computers.title')}</h2>
      <p className="soft">{t('people:computers.lead')}</p>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {quick.error !== undefined && <ErrorNotice error={quick.error} onRetry={quick.reload} />}
      {data === undefined && error === undefined && <Loading rows={2} />}
      <ul className="rows">
        {items.map((slot) => (
          <SlotRow
            key={slot.id}
            slot={slot}
            removable={slot.kind === 'passphrase' ? ways.length > 1 : !quickHere}
            onRemove={() => setRemoving(slot)}
          />
        ))}
      </ul>
      {remove.error !== undefined && <ActionError error={remove.error} onOpened={remove.clear} />}
      {data !== undefined && (
        <div className="wizard-foot">
          {keychain && !enrolled && (
            <Button onClick={() => setAct('add')} data-testid="devices-add">
              {t('people:computers.add')}
            </Button>
          )}
          {!carried && (
            <Button onClick={() => setAct('carry')} data-testid="devices-carry">
              {t('people:computers.carry')}
            </Button>
          )}
        </div>
      )}
      {!keychain && <p className="warn">{t('people:computers.noKeychain')}</p>}
      {quick.data !== undefined && <QuickUnlock on={quickHere} keychain={keychain} />}
      <DeviceDialog act={act} onClose={() => setAct(undefined)} />
      <ConfirmDialog
        open={removing !== undefined}
        title={t('people:computers.removeTitle')}
        confirm={t('people:computers.removeTitle')}
        danger
        testId="device-remove"
        onClose={() => setRemoving(undefined)}
        onConfirm={() => remove.run()}
      >
        <p>{t('people:computers.removeText')}</p>
        {removing?.deviceBound === true && removing.here === true && (
          <p className="warn">{t('people:computers.removeHere')}</p>
        )}
      </ConfirmDialog>
    </section>
  )
}

interface RowProps {
  slot: DeviceSlot
  removable: boolean
  onRemove: () => void
}

function SlotRow({ slot, removable, onRemove }: RowProps) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const kind = slot.kind === 'device' ? 'device' : slot.deviceBound ? 'bound' : 'carried'
  const place =
    kind === 'carried'
      ? 'anywhere'
      : kind === 'device'
        ? 'some'
        : slot.here === null
          ? 'unknown'
          : slot.here
            ? 'here'
            : 'elsewhere'
  return (
    <li className="row" data-testid="device-row" data-kind={kind} data-place={place}>
      <div className="row-text">
        <strong>{t(`people:computers.kinds.${kind}`)}</strong>
        <span className="soft">
          {t(`people:computers.${place}`)} ·{' '}
          {t('people:computers.since', { at: formatInstant(slot.createdAt, locale, timeZone) })}
        </span>
      </div>
      {removable && (
        <div className="row-acts">
          <Button size="small" danger onClick={onRemove} data-testid="device-remove">
            {t('people:computers.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}
