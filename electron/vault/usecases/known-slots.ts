// People and their ways in as records know them, whatever has been made of vault.json from outside.
import { z } from 'zod'
import { sha256Hex } from '../audit/canonical.ts'
import type { VaultFile, VaultPerson } from '../keys/vault-file.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { RecordsStore } from '../store/store.ts'

/**
 * The people that records list, each with the keys that they have there and with those of the file's slots that records know.
 * @param open the slot that opened for the acting person, which stays
 * @returns with whom something was dropped, and how many lines are nobody's
 */
export function peopleAsKnown(
  records: RecordsStore,
  file: VaultFile,
  open?: { personId: string; slotId: string },
): { people: VaultPerson[]; dropped: string[]; strangers: number } {
  const known = knownSlots(records)
  const dropped = new Set<string>()
  const listed = records.people.list()
  const people = listed.map(({ id, name, role, recipient, verifyKey }) => {
    const line = file.people.find((one) => one.id === id)
    const slots = (line?.slots ?? []).filter((slot) => {
      const stays =
        known.get(slot.id) === sha256Hex(slot.sealed) || (id === open?.personId && slot.id === open.slotId)
      if (!stays) dropped.add(id)
      return stays
    })
    return { id, name, role, recipient, verifyKey, slots }
  })
  const strangers = file.people.filter(({ id }) => !listed.some((person) => person.id === id))
  return { people, dropped: [...dropped], strangers: strangers.length }
}

function knownSlots(records: RecordsStore): Map<string, string> {
  const text = records.meta.find(metaKeys.knownSlots) ?? '{}'
  return new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text))))
}
