// Who may be given keys: the people whom records list, each as the log vouches for them. A row that was written behind the
// program's back, by somebody who has the records key and tools, gains nobody a key that they didn't have.
import { GuicangError } from '../../../shared/errors.ts'
import { rowDigest, rowKinds } from '../audit/digests.ts'
import type { Person } from '../store/repositories/people.ts'
import type { RecordsStore } from '../store/store.ts'

/** The people whose rows are as their latest leaf in the log says. */
export function vouchedPeople(records: RecordsStore): Person[] {
  const vouched = new Set(
    records.people
      .listRows()
      .filter((row) => records.audit.findLatestLeaf(rowKinds.person, row.seq)?.digest.equals(rowDigest(row)))
      .map(({ id }) => id),
  )
  return records.people.list().filter(({ id }) => vouched.has(id))
}

/**
 * Before keys are sealed: nobody in the list is there, or is what they are, without the log's knowledge.
 * @param leaving people who go with this act: that is how such a row is got rid of
 * @throws GuicangError `audit.broken`
 */
export function requireVouched(records: RecordsStore, leaving: readonly string[] = []): void {
  const vouched = new Set(vouchedPeople(records).map(({ id }) => id))
  const strange = records.people.list().filter(({ id }) => !vouched.has(id) && !leaving.includes(id))
  if (strange.length > 0)
    throw new GuicangError('audit.broken', { fields: [{ field: 'people', rule: 'unvouched' }] })
}
