// The two compartments of an open vault with their repositories, and the one way to change both.
import { type KeyObject, randomUUID } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'
import type { Db } from './driver.ts'
import { auditRepository } from './repositories/audit.ts'
import { batchesRepository } from './repositories/batches.ts'
import { caseChangesRepository, casesRepository, complaintLinksRepository } from './repositories/cases.ts'
import { commitsRepository } from './repositories/commits.ts'
import { complaintsRepository } from './repositories/complaints.ts'
import { customersRepository } from './repositories/customers.ts'
import { eventsRepository } from './repositories/events.ts'
import { identitiesRepository } from './repositories/identities.ts'
import { inboxRepository } from './repositories/inbox.ts'
import { lettersRepository, letterTemplatesRepository } from './repositories/letters.ts'
import { metaRepository } from './repositories/meta.ts'
import { peopleRepository } from './repositories/people.ts'
import { searchRepository } from './repositories/search.ts'
import { versionsRepository } from './repositories/versions.ts'

export function recordsStore(db: Db) {
  return {
    db,
    meta: metaRepository(db),
    commits: commitsRepository(db),
    people: peopleRepository(db),
    batches: batchesRepository(db),
    customers: customersRepository(db),
    complaints: complaintsRepository(db),
    events: eventsRepository(db),
    cases: casesRepository(db),
    caseChanges: caseChangesRepository(db),
    links: complaintLinksRepository(db),
    letters: lettersRepository(db),
    letterTemplates: letterTemplatesRepository(db),
    audit: auditRepository(db),
    inbox: inboxRepository(db),
    customerSearch: searchRepository(db, 'customer'),
    complaintSearch: searchRepository(db, 'complaint'),
  }
}
export type RecordsStore = ReturnType<typeof recordsStore>

export function identitiesStore(db: Db, digestKey: KeyObject) {
  return {
    db,
    /** Key of the digests over clear versions. */
    digestKey,
    meta: metaRepository(db),
    own: identitiesRepository(db),
    customers: versionsRepository(db, 'customer'),
    complaints: versionsRepository(db, 'complaint'),
    notes: versionsRepository(db, 'note'),
    letters: versionsRepository(db, 'letter'),
    customerSearch: searchRepository(db, 'customer'),
    complaintSearch: searchRepository(db, 'complaint'),
  }
}
export type IdentitiesStore = ReturnType<typeof identitiesStore>

export interface Store {
  records: RecordsStore
  /** Undefined while the compartment is closed, or for a person without its key. */
  identities: IdentitiesStore | undefined
}

/** @throws GuicangError `identities.closed` */
export function requireIdentities(store: Store): IdentitiesStore {
  if (store.identities === undefined) throw new GuicangError('identities.closed')
  return store.identities
}

/**
 * One act over both compartments with one commit point. First `identities` writes its immutable versions under the act's
 * commit id; then `records` names them and commits: from then on the act counts. Last, `settle` removes what the act
 * superseded. A crash in between is put right at the next opening (see sweep.ts).
 */
export function commitAct<V, R>(
  store: Store,
  act: {
    identities: (identities: IdentitiesStore, commitId: string) => V
    records: (versions: V, commitId: string) => R
    settle?: (identities: IdentitiesStore, versions: V) => void
  },
): R {
  const identities = requireIdentities(store)
  const commitId = randomUUID()
  const versions = identities.db.transaction(() => {
    identities.own.addPending(commitId)
    return act.identities(identities, commitId)
  })()
  let answer: R
  try {
    answer = store.records.db.transaction(() => {
      store.records.commits.add(commitId)
      return act.records(versions, commitId)
    })()
  } catch (thrown) {
    settleLater(() => {
      withdraw(identities, commitId)
    })
    throw thrown
  }
  settleLater(() => {
    identities.db.transaction(() => {
      act.settle?.(identities, versions)
      identities.own.removePending(commitId)
    })()
  })
  return answer
}

/**
 * Runs what only tidies up behind an act that is decided already. Whatever it fails with, the act stands as it was decided,
 * and the caller must not hear otherwise: what is left is invisible, still listed as pending, and goes with the next
 * opening's sweep.
 * @returns whether it ran to its end
 */
export function settleLater(tidy: () => void): boolean {
  try {
    tidy()
    return true
  } catch {
    return false
  }
}

/** Takes back the versions of an act that records did not commit. */
function withdraw(identities: IdentitiesStore, commitId: string): void {
  identities.db.transaction(() => {
    for (const versions of [
      identities.customers,
      identities.complaints,
      identities.notes,
      identities.letters,
    ]) {
      for (const { seq } of versions.ofCommit(commitId, 1000)) {
        versions.drop(seq)
        if (versions === identities.customers) identities.own.removeKeys(seq)
      }
    }
    identities.own.removePending(commitId)
  })()
}
