// Warnings that stay on every page until an owner has looked: the key file was changed outside, or the vault is older than
// the one seen last. What it means and what to do stand in the dialog; others are told whom to ask.
import { App, Button } from 'antd'
import { useState } from 'react'
import { errorText } from '../../shared/locales/index.ts'
import { call } from '../api/client.ts'
import { useAction } from '../api/use-action.ts'
import { ActionError } from '../components/ActionError.tsx'
import { PlainDialog } from '../components/PlainDialog.tsx'
import { useDataStore } from '../stores/data.ts'
import { go } from '../stores/navigation.ts'
import { useSessionStore } from '../stores/session.ts'
import { useLocale, useT } from './i18n.ts'

const warnings = ['vault.slotsChanged', 'vault.rolledBack'] as const
type Warning = (typeof warnings)[number]
const texts = { 'vault.slotsChanged': 'slotsChanged', 'vault.rolledBack': 'rolledBack' } as const

export function VaultWarnings() {
  const t = useT()
  const locale = useLocale()
  const session = useSessionStore((state) => state.session)
  const [looking, setLooking] = useState<Warning>()
  if (session === undefined) return null
  const standing = warnings.filter((code) => session.warnings.includes(code))
  const owner = session.role === 'owner'
  return (
    <>
      {standing.map((code) => (
        <div
          key={code}
          className="notice-bar alert"
          role="status"
          data-testid="vault-warning"
          data-code={code}
        >
          <div>
            <strong>{errorText(locale, code).what}</strong>
            <p>{owner ? errorText(locale, code).next : t('people:warning.askOwner')}</p>
          </div>
          {owner && (
            <Button onClick={() => setLooking(code)} data-testid="vault-warning-open">
              {t('people:warning.look')}
            </Button>
          )}
        </div>
      ))}
      <PlainDialog
        open={looking !== undefined}
        onClose={() => setLooking(undefined)}
        width={600}
        title={looking === undefined ? '' : t(`people:warning.${texts[looking]}.title`)}
      >
        {looking !== undefined && <Look warning={looking} onClose={() => setLooking(undefined)} />}
      </PlainDialog>
    </>
  )
}

function Look({ warning, onClose }: { warning: Warning; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const text = texts[warning]
  const acknowledge = useAction(async () => {
    const session = await call('vault.acknowledge', { warning })
    useSessionStore.getState().update(session)
    useDataStore.getState().bump()
    message.success(t('people:warning.done'), 4)
    onClose()
  })
  return (
    <div className="stack-small">
      <h3>{t('people:warning.meansTitle')}</h3>
      <p>{t(`people:warning.${text}.means`)}</p>
      <h3>{t('people:warning.doTitle')}</h3>
      <p>
        {t(`people:warning.${text}.do`)}{' '}
        <button
          type="button"
          className="link"
          data-testid="vault-warning-verify"
          onClick={() => {
            onClose()
            go({ name: 'settings', section: 'verify' })
          }}
        >
          {t('people:warning.verify')}
        </button>
      </p>
      <h3>{t('people:warning.effectTitle')}</h3>
      <p>{t(`people:warning.${text}.effect`)}</p>
      {acknowledge.error !== undefined && (
        <ActionError error={acknowledge.error} onOpened={acknowledge.clear} />
      )}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          danger={warning === 'vault.slotsChanged'}
          loading={acknowledge.busy}
          onClick={() => acknowledge.run()}
          data-testid="vault-warning-acknowledge"
        >
          {t(`people:warning.${text}.button`)}
        </Button>
      </div>
    </div>
  )
}
