import { useT } from '../../app/i18n.ts'
import { DeviceChoice } from '../../components/DeviceChoice.tsx'
import { Field } from '../../components/Field.tsx'
import { PathField } from '../../components/PathField.tsx'
import { useSessionStore } from '../../stores/session.ts'
import type { VaultDraft } from './draft.ts'

interface Props {
  draft: VaultDraft
  path: string
  suggestedName: string
  onChange: (change: Partial<VaultDraft>) => void
}

/** Where the vault lies, and which computers can open it. */
export function PlaceStep({ draft, path, suggestedName, onChange }: Props) {
  const t = useT()
  const keychain = useSessionStore((state) => state.info?.keychain ?? false)
  return (
    <div className="stack">
      <DeviceChoice
        keychain={keychain}
        bound={draft.deviceBinding}
        onChange={(deviceBinding) => onChange({ deviceBinding })}
        testId="create"
      />
      <Field label={t('vault:create.place')} hint={t('vault:create.placeHint')}>
        {({ id }) => (
          <PathField
            id={id}
            purpose="new-vault"
            value={path}
            suggestedName={suggestedName}
            onChange={(value) => onChange({ path: value })}
            testId="create-path"
          />
        )}
      </Field>
    </div>
  )
}
