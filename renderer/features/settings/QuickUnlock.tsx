import { Switch } from 'antd'
import { useId } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { useDone } from '../../components/use-done.ts'

/** Masked work without a passphrase on this computer: a switch, and what it opens and doesn't. */
export function QuickUnlock({ on, keychain }: { on: boolean; keychain: boolean }) {
  const t = useT()
  const id = useId()
  const done = useDone()
  const change = useAction(async (next: boolean) => {
    await call('vault.setQuickUnlock', { on: next })
    done(next ? t('people:computers.quickOn') : t('people:computers.quickOff'))
  })
  return (
    <div className="switch-row">
      <Switch
        id={id}
        checked={on}
        loading={change.busy}
        disabled={!keychain && !on}
        aria-describedby={`${id}-text`}
        data-testid="quick-switch"
        onChange={(next) => change.run(next)}
      />
      <div>
        <label className="field-label" htmlFor={id}>
          {t('people:computers.quick')}
        </label>
        <p className="soft" id={`${id}-text`}>
          {t('people:computers.quickText')}
        </p>
        {change.error !== undefined && <ActionError error={change.error} onOpened={change.clear} />}
      </div>
    </div>
  )
}
