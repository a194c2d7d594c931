import { Input } from 'antd'
import { useT } from '../../app/i18n.ts'
import { Field } from '../../components/Field.tsx'
import { NewPassphrase, type NewPassphraseState } from '../../components/NewPassphrase.tsx'
import type { VaultDraft } from './draft.ts'

interface Props {
  draft: VaultDraft
  onChange: (change: Partial<VaultDraft>) => void
  passphrase: NewPassphraseState
}

/** Who the owner is, and the passphrase. */
export function OwnerStep({ draft, onChange, passphrase }: Props) {
  const t = useT()
  return (
    <div className="stack">
      <div className="pair">
        <Field label={t('vault:create.owner')} hint={t('vault:create.ownerHint')}>
          {({ id, describedBy }) => (
            <Input
              id={id}
              value={draft.owner}
              autoFocus
              autoComplete="off"
              maxLength={100}
              aria-describedby={describedBy}
              data-testid="create-owner"
              onChange={(event) => onChange({ owner: event.target.value })}
            />
          )}
        </Field>
      </div>
      <NewPassphrase
        state={passphrase}
        label={t('vault:create.passphrase')}
        repeatLabel={t('vault:create.repeat')}
        testId="create"
      />
    </div>
  )
}
