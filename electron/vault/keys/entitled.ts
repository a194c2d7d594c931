// Who gets the compartment keys: as records.db lists people, so that a line smuggled into vault.json gains nothing.
import { holdsIdentities, type Role } from '../../../shared/types/vault.ts'
import { sealCompartmentKey } from './compartment-keys.ts'

export interface Entitled {
  role: Role
  state: 'active' | 'disabled'
  recipient: string
}

/**
 * Seals both keys to those who are entitled: everybody who is active gets records, owners, handlers and recovery kits get
 * identities too (DESIGN section 2).
 * @param keys 64 hex digits each
 * @throws GuicangError `input.invalid` when nobody would be left who can open a compartment
 */
export async function sealKeys(
  keys: { records: string; identities: string },
  people: readonly Entitled[],
): Promise<{ records: string; identities: string }> {
  const active = people.filter(({ state }) => state === 'active')
  const recipientsOf = (list: readonly Entitled[]): string[] => list.map(({ recipient }) => recipient)
  return {
    records: await sealCompartmentKey('records', keys.records, recipientsOf(active)),
    identities: await sealCompartmentKey(
      'identities',
      keys.identities,
      recipientsOf(active.filter(({ role }) => holdsIdentities(role))),
    ),
  }
}
