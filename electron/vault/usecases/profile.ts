// Whose records these are, and who keeps them.
import { type Company, companySchema, type Custodian, custodianSchema } from '../../../shared/types/vault.ts'
import { type Context, logAct } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { RecordsStore, Store } from '../store/store.ts'

export function readProfile(store: Store): { company: Company; custodian: Custodian } {
  const { meta } = store.records
  return {
    company: companySchema.parse(JSON.parse(meta.find(metaKeys.company) ?? '{}')),
    custodian: custodianSchema.parse(JSON.parse(meta.find(metaKeys.custodian) ?? '{}')),
  }
}

export function setProfile(context: Context, input: { company: Company; custodian: Custodian }): void {
  const { records } = context.session.store
  records.db.transaction(() => {
    records.meta.set(metaKeys.company, JSON.stringify(input.company))
    records.meta.set(metaKeys.custodian, JSON.stringify(input.custodian))
    logAct(
      context,
      'vault.profileChanged',
      context.session.vaultId,
      {},
      {
        changed: [{ kind: 'profile', row: { seq: 1, ...profileRow(records) } }],
      },
    )
  })()
}

/** The profile as its digest sees it. */
export function profileRow(records: Pick<RecordsStore, 'meta'>): { company: string; custodian: string } {
  const { meta } = records
  return { company: meta.find(metaKeys.company) ?? '', custodian: meta.find(metaKeys.custodian) ?? '' }
}
