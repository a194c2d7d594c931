// What the vault process knows while a vault is open. It ends with the process.
import { GuicangError, type ErrorCode } from '../../shared/errors.ts'
import type { AuditEntry } from '../../shared/types/exchange.ts'
import type { Role } from '../../shared/types/vault.ts'
import { type Actor, appendEntry, type ChangedRow, type LeafSet } from './audit/log.ts'
import type { Job } from './process/jobs.ts'
import type { Lease } from './store/lease.ts'
import type { Store } from './store/store.ts'

export interface VaultSession {
  readonly dir: string
  readonly vaultId: string
  epoch: number
  readonly person: { id: string; name: string; role: Role }
  /** base64 PKCS8; undefined in a session that can't sign. */
  signingKey: string | undefined
  readonly verifyKey: string
  /** The slot that opened, and whether it is bound to this computer. */
  readonly slotId: string
  readonly deviceBound: boolean
  readonly store: Store
  readonly lease: Lease
  readonly warnings: ErrorCode[]
  readonly lastUnlock: string | null
  readonly failedUnlocks: number
  /** Keys of the open compartments (64 hex), for the checker child and nothing else. */
  keys: { records: string; identities: string | undefined }
  /** What was searched for last, so that the further pages of one search are not so many searches in the log. */
  lastSearch: string
  /** At most one; `usecases/preview-parts.ts` alone changes it. */
  preview: OpenPreview | undefined
  /** True while an import or an undo writes slices: one at a time. */
  writingBatch: boolean
  /** Resolves when the files may be written again; undefined while they may. */
  hold: Promise<void> | undefined
  /** The last change of vault.json or of the files' keys: the next one waits for its end. */
  fileTurn: Promise<unknown>
  /** The files could not be opened again after they were exchanged: the session has ended, as if it were locked. */
  ended: boolean
  /** Long acts that are under way: they read over pauses, and files aren't exchanged under them. */
  longActs: number
}

/** The part of a preview that the window hasn't asked for yet: checked, clear, in this process's memory alone. */
export interface OpenPreview {
  readonly id: string
  readonly bytes: Buffer
  /** Where `bytes` begins in the content, and how much of it has gone out. */
  readonly start: number
  sent: number
  /** Closes it when nobody asks. */
  timer: NodeJS.Timeout
}

/** What a use case gets. */
export interface Context {
  session: VaultSession
  job: Job
  now: () => Date
}

export function actorOf(session: VaultSession): Actor {
  return { personId: session.person.id, user: session.person.name }
}

/** Writes one entry of the log in the session's name; must run inside the transaction of its act. */
export function logAct(
  context: Context,
  action: string,
  subject: string,
  detail: AuditEntry['detail'],
  rows: { changed?: readonly ChangedRow[]; leafSet?: LeafSet } = {},
): number {
  const { session, now } = context
  return appendEntry(session.store.records, actorOf(session), {
    at: now().toISOString(),
    action,
    subject,
    detail,
    ...rows,
  })
}

/** Runs `work` as the only batch writer. @throws GuicangError `vault.busy` while another import or undo runs */
export async function asBatchWriter<T>(session: VaultSession, work: () => Promise<T>): Promise<T> {
  if (session.writingBatch) throw new GuicangError('vault.busy')
  session.writingBatch = true
  try {
    return await work()
  } finally {
    session.writingBatch = false
  }
}

/**
 * Refuses what changes the values that are known of customers while rows are written that were redacted with those before.
 * @throws GuicangError `vault.busy`
 */
export function requireNoBatch({ writingBatch }: VaultSession): void {
  if (writingBatch) throw new GuicangError('vault.busy')
}

/** Counts `work` among the long acts while it runs. */
export async function asLongAct<T>(session: VaultSession, work: () => Promise<T>): Promise<T> {
  session.longActs += 1
  try {
    return await work()
  } finally {
    session.longActs -= 1
  }
}

/** Runs `work` after every earlier change of vault.json or of the files' keys has ended, well or not. */
export async function inFileTurn<T>(session: VaultSession, work: () => Promise<T>): Promise<T> {
  const turn = session.fileTurn.then(work)
  // Its own caller hears of a failure; the next one only waits for the end.
  session.fileTurn = turn.then(ended, ended)
  return turn
}

function ended(): void {}

/** Resolves when nothing holds the files still. Whoever writes after a pause of its own asks again. */
export async function released(session: VaultSession): Promise<void> {
  while (session.hold !== undefined) await session.hold
}

/**
 * Runs `work` while nothing in this session writes: requests that write, and long ones, wait for its end (see server.ts),
 * batches are refused, changes of vault.json take their turn. Reading goes on. For copies of whole files, which must all be of one moment.
 * @throws GuicangError `vault.busy` while an import or an undo runs
 */
export async function holdingStill<T>(session: VaultSession, work: () => Promise<T>): Promise<T> {
  return asBatchWriter(session, () =>
    inFileTurn(session, async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      session.hold = promise
      try {
        return await work()
      } finally {
        session.hold = undefined
        resolve()
      }
    }),
  )
}
