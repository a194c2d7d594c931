import { ProfileFields } from '../../components/ProfileFields.tsx'
import type { VaultDraft } from './draft.ts'

interface Props {
  draft: VaultDraft
  onChange: (change: Partial<VaultDraft>) => void
}

/** Whose records these are, and who keeps them. */
export function CompanyStep({ draft, onChange }: Props) {
  return (
    <ProfileFields
      company={draft.company}
      custodian={draft.custodian}
      onCompany={(company) => onChange({ company })}
      onCustodian={(custodian) => onChange({ custodian })}
      testId="create"
      autoFocus
    />
  )
}
