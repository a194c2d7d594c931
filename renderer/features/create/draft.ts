import type { Company, Custodian } from '../../../shared/types/vault.ts'

/** What is typed on the way to a new vault. The passphrase isn't part of it. */
export interface VaultDraft {
  company: Company
  custodian: Custodian
  owner: string
  deviceBinding: boolean
  /** Undefined until the person chooses another place than the suggested one. */
  path: string | undefined
}

export const emptyDraft: VaultDraft = {
  company: { name: '', creditCode: '', address: '', timeZone: 'Asia/Shanghai' },
  custodian: { name: '', capacity: '', authority: '', contact: '' },
  owner: '',
  deviceBinding: false,
  path: undefined,
}
