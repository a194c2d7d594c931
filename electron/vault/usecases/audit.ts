// Reading the log, signing a checkpoint of it.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { createCheckpoint } from '../audit/checkpoint.ts'
import { readFrontier } from '../audit/log.ts'
import { frontierRoot } from '../audit/merkle.ts'
import type { Context, VaultSession } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'

/** Name of a person's key in signed notes. */
export function keyNameOf(personId: string): string {
  return `guicang/${personId}`
}

/**
 * Signs the log as it stands with the key of the person whose session it is, and keeps the note.
 * @throws GuicangError `access.denied` in a session that has no signing key
 */
export function makeCheckpoint(
  session: VaultSession,
  now: Date,
): { note: string; size: number; root: string } {
  const { signingKey, verifyKey, store } = session
  if (signingKey === undefined) throw new GuicangError('access.denied')
  const frontier = readFrontier(store.records)
  const root = frontierRoot(frontier)
  const note = createCheckpoint({
    vaultId: session.vaultId,
    size: frontier.size,
    root,
    keyName: keyNameOf(session.person.id),
    signingKey,
    verifyKey,
  })
  store.records.db.transaction(() => {
    const { audit, meta } = store.records
    audit.addCheckpoint(now.toISOString(), frontier.size, note)
    meta.set(metaKeys.checkpoints, String(audit.listCheckpoints().length))
  })()
  return { note, size: frontier.size, root: root.toString('base64') }
}

export function checkpointAudit(context: Context): Output<'audit.checkpoint'> {
  return { note: makeCheckpoint(context.session, context.now()).note }
}

export function listAudit(context: Context, input: Input<'audit.list'>): Output<'audit.list'> {
  const { audit } = context.session.store.records
  return { items: audit.listNewest(input.limit, input.before, input.action), total: audit.size() }
}
