// The two compartments of an open vault with their repositories, and the one way to change both.
import { type KeyObject, randomUUID } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'
import { trace } from '../trace.ts'
import type { Db } from './driver.ts'
import { auditRepository } from './repositories/audit.ts'
import { attachmentsRepository } from './repositories/attachments.ts'
import { batchesRepository } from './repositories/batches.ts'
import { blobsRepository } from './repositories/blobs.ts'
import { caseChangesRepository, casesRepository, complaintLinksRepository } from './repositories/cases.ts'
import { commitsRepository } from './repositories/commits.ts'
import { complaintsRepository } from './repositories/complaints.ts'
import { customersRepository } from './repositories/customers.ts'
import { dueRepository } from './repositories/due.ts'
import { eventsRepository } from './repositories/events.ts'
import { customerFactsRepository, relationsRepository } from './repositories/customer-facts.ts'
import { handoversRepository } from './repositories/handovers.ts'
import { identitiesRepository } from './repositories/identities.ts'
import { inboxRepository } from './repositories/inbox.ts'
import { mergesRepository } from './repositories/merges.ts'
import { lettersRepository, letterTemplatesRepository } from './repositories/letters.ts'
import { metaRepository } from './repositories/meta.ts'
import { peopleRepository } from './repositories/people.ts'
import { searchRepository } from './repositories/search.ts'
import { transactionLinksRepository, transactionsRepository } from './repositories/transactions.ts'
import { type VersionsRepository, versionsRepository } from './repositories/versions.ts'
import { statsRepository } from './repositories/stats.ts'
import { bulkRepository, settingsRepository, viewsRepository } from './repositories/settings.ts'

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
    transactions: transactionsRepository(db),
    transactionLinks: transactionLinksRepository(db),
    merges: mergesRepository(db),
    relations: relationsRepository(db),
    customerFacts: customerFactsRepository(db),
    due: dueRepository(db),
    settings: settingsRepository(db),
    views: viewsRepository(db),
    bulkActs: bulkRepository(db),
    attachments: attachmentsRepository(db),
    letters: lettersRepository(db),
    letterTemplates: letterTemplatesRepository(db),
    audit: auditRepository(db),
    inbox: inboxRepository(db),
    stats: statsRepository(db),
    handovers: handoversRepository(db),
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
    transactions: versionsRepository(db, 'transaction'),
    notes: versionsRepository(db, 'note'),
    attachments: versionsRepository(db, 'attachment'),
    blobs: blobsRepository(db),
    letters: versionsRepository(db, 'letter'),
    customerSearch: searchRepository(db, 'customer'),
    complaintSearch: searchRepository(db, 'complaint'),
  }
}
export type IdentitiesStore = ReturnType<typeof identitiesStore>

/** Every table of clear versions. */
export function versionKinds(identities: IdentitiesStore): readonly VersionsRepository[] {
  const { customers, complaints, transactions, notes, attachments, letters } = identities
  return [customers, complaints, transactions, notes, attachments, letters]
}

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
  let whole = false
  try {
    answer = store.records.db.transaction(() => {
      store.records.commits.add(commitId)
      const done = act.records(versions, commitId)
      whole = true
      return done
    })()
  } catch (thrown) {
    if (!whole || !mayCount(store.records, commitId))
      settleLater(() => {
        withdrawAct(identities, commitId)
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
  } catch (thrown) {
    trace('settling', thrown)
    return false
  }
}

/**
 * Whether an act whose commit failed may count all the same. Nearly always it doesn't (no room, somebody else reads the file),
 * and records, read again, say so; where a last flush failed they may hold it, and only the next opening can tell.
 */
export function mayCount(records: RecordsStore, commitId: string): boolean {
  try {
    return records.commits.has(commitId)
  } catch (thrown) {
    trace('commit in doubt', thrown)
    return true
  }
}

/** How many versions one transaction removes. */
const slice = 1000

/** Removes every version of an act that records did not commit, a slice a transaction. */
export function withdrawAct(identities: IdentitiesStore, commitId: string): void {
  for (const versions of versionKinds(identities)) {
    for (;;) {
      const some = versions.ofCommit(commitId, slice)
      if (some.length === 0) break
      identities.db.transaction(() => {
        for (const { seq } of some) {
          versions.drop(seq)
          if (versions === identities.customers) identities.own.removeKeys(seq)
        }
      })()
    }
  }
  identities.db.transaction(() => {
    identities.own.removeRejected(commitId)
    identities.own.removePending(commitId)
  })()
}
