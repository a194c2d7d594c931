// The acts that begin, change and end a session. At most one session lives in a vault process.
import type { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { verifyBag } from '../../exchange/export/verify-bag.ts'
import { normalisePassphrase, passphraseStrength } from '../keys/passphrase.ts'
import { parseRecoveryCode } from '../keys/recovery-code.ts'
import { readVaultFile } from '../keys/vault-file.ts'
import { asLongAct, type Context, type VaultSession } from '../session.ts'
import { acknowledge } from '../usecases/acknowledge.ts'
import { createVault } from '../usecases/create-vault.ts'
import { unstretched } from '../keys/age.ts'
import { addSlot, listOwnSlots, quickIdentity, setQuickUnlock } from '../usecases/devices.ts'
import { startDue } from '../usecases/due.ts'
import { changePassphrase, closeVault, statusOf } from '../usecases/keep-vault.ts'
import { checkKitAt } from '../usecases/kits.ts'
import { logLetterNotOpened, openLetterOutside } from '../usecases/open-letter.ts'
import { logNotOpened, openOutside } from '../usecases/open-outside.ts'
import { openIdentities } from '../usecases/open-identities.ts'
import { openVault, openVaultQuick, seenLog } from '../usecases/open-vault.ts'
import { dropPreview } from '../usecases/preview-parts.ts'
import { addUser, resetUser } from '../usecases/people.ts'
import { recoverVault } from '../usecases/recover-vault.ts'
import { restoreBackup } from '../usecases/restore-backup.ts'
import { verifyBackup } from '../usecases/verify-backup.ts'
import { fillSample } from '../usecases/sample.ts'
import { createJob, type Job } from './jobs.ts'
import { type SessionAct, type SessionActs, sessionActs } from './port.ts'

/** The one session of this process, if any. */
export interface SessionHolder {
  current: VaultSession | undefined
}

const done = { ok: true } as const

type Runner = (input: unknown, job: Job) => Promise<unknown>

function act<I extends z.ZodType, O extends z.ZodType>(
  declaration: { input: I; output: O },
  run: (input: z.output<I>, job: Job) => z.output<O> | Promise<z.output<O>>,
): Runner {
  return async (input, job) => run(declaration.input.parse(input), job)
}

/** Passphrases below these are refused by the window; a script's passphrase is the script's business. */
const acceptableScore = 2
const acceptableLength = 8

export function requireSession(holder: SessionHolder): VaultSession {
  forgetEnded(holder)
  if (holder.current === undefined) throw new GuicangError('vault.locked')
  return holder.current
}

/** A session that ended by itself has let go of everything already. */
function forgetEnded(holder: SessionHolder): void {
  if (holder.current?.ended === true) holder.current = undefined
}

function requireNone(holder: SessionHolder): void {
  forgetEnded(holder)
  if (holder.current !== undefined) throw new GuicangError('vault.alreadyOpen')
}

async function vaultInfo(path: string): Promise<z.output<SessionActs['session.info']['output']>> {
  const file = await readVaultFile(path)
  const people = file.people.map(({ id, name, role, slots }) => ({
    id,
    name,
    role,
    slots: slots.map((slot) => ({ id: slot.id, kind: slot.kind, deviceBound: slot.deviceBound })),
  }))
  return sessionActs['session.info'].output.parse({
    formatVersion: file.format,
    vaultId: file.vaultId,
    epoch: file.epoch,
    people,
  })
}

export function sessionActHandlers(
  holder: SessionHolder,
  now: () => Date,
): Readonly<Record<SessionAct, Runner>> {
  const contextOf = (job: Job): Context => ({ session: requireSession(holder), job, now })
  return {
    'session.info': act(sessionActs['session.info'], ({ path }) => vaultInfo(path)),
    'session.strength': act(sessionActs['session.strength'], ({ passphrase, ownWords }) => {
      const { score, guessesLog10, hints } = passphraseStrength(passphrase, ownWords)
      return {
        score,
        guessesLog10,
        hints: [...hints],
        acceptable: score >= acceptableScore && [...passphrase].length >= acceptableLength,
      }
    }),
    'session.checkCode': act(sessionActs['session.checkCode'], ({ code }) => {
      parseRecoveryCode(code)
      return done
    }),
    'session.create': act(sessionActs['session.create'], ({ randomPassphrase, ...input }) =>
      createVault(
        {
          ...input,
          passphrase: normalisePassphrase(input.passphrase),
          workFactor: randomPassphrase === true ? unstretched : undefined,
        },
        now(),
      ),
    ),
    'session.unlock': act(sessionActs['session.unlock'], async (input) => {
      requireNone(holder)
      holder.current = await openVault({ ...input, passphrase: normalisePassphrase(input.passphrase) }, now())
      startDue(holder.current)
      return statusOf(holder.current)
    }),
    'session.openIdentities': act(
      sessionActs['session.openIdentities'],
      async ({ passphrase, deviceSecret }) => {
        const session = requireSession(holder)
        await openIdentities(
          { session, job: createJob(new AbortController().signal, () => {}), now },
          { passphrase: normalisePassphrase(passphrase), deviceSecret },
        )
        return statusOf(session)
      },
    ),
    'session.closeIdentities': act(sessionActs['session.closeIdentities'], () => {
      const session = requireSession(holder)
      if (session.writingBatch || session.longActs > 0) throw new GuicangError('vault.busy')
      dropPreview(session)
      session.store.identities?.db.close()
      session.store.identities = undefined
      session.keys.identities = undefined
      // What was searched for last is a clear value as often as not.
      session.lastSearch = ''
      return done
    }),
    'session.unlockQuick': act(sessionActs['session.unlockQuick'], async (input) => {
      requireNone(holder)
      holder.current = await openVaultQuick(input, now())
      startDue(holder.current)
      return statusOf(holder.current)
    }),
    'session.seen': act(sessionActs['session.seen'], () => seenLog(requireSession(holder).store.records)),
    'session.checkKit': act(sessionActs['session.checkKit'], ({ path, recoveryCode }) =>
      checkKitAt(path, recoveryCode),
    ),
    'session.addUser': act(sessionActs['session.addUser'], (input, job) =>
      addUser(contextOf(job), { ...input, passphrase: normalisePassphrase(input.passphrase) }),
    ),
    'session.resetUser': act(sessionActs['session.resetUser'], (input, job) => {
      const context = contextOf(job)
      const request = { ...input, passphrase: normalisePassphrase(input.passphrase) }
      return asLongAct(context.session, () => resetUser(context, request))
    }),
    'session.listSlots': act(sessionActs['session.listSlots'], ({ deviceSecret }, job) =>
      listOwnSlots(contextOf(job), deviceSecret),
    ),
    'session.quickIdentity': act(sessionActs['session.quickIdentity'], ({ kept }) => quickIdentity(kept)),
    'session.addSlot': act(sessionActs['session.addSlot'], (input, job) =>
      addSlot(contextOf(job), { ...input, passphrase: normalisePassphrase(input.passphrase) }),
    ),
    'session.setQuickUnlock': act(sessionActs['session.setQuickUnlock'], (input, job) =>
      setQuickUnlock(contextOf(job), input),
    ),
    'session.acknowledge': act(sessionActs['session.acknowledge'], async (input, job) => {
      const context = contextOf(job)
      await acknowledge(context, input)
      return statusOf(context.session)
    }),
    'session.recover': act(sessionActs['session.recover'], async (input) => {
      requireNone(holder)
      holder.current = await recoverVault(
        { ...input, newPassphrase: normalisePassphrase(input.newPassphrase) },
        now(),
      )
      startDue(holder.current)
      return statusOf(holder.current)
    }),
    'session.changePassphrase': act(sessionActs['session.changePassphrase'], (input, job) =>
      changePassphrase(
        { session: requireSession(holder), job, now },
        {
          ...input,
          passphrase: normalisePassphrase(input.passphrase),
          newPassphrase: normalisePassphrase(input.newPassphrase),
        },
      ),
    ),
    'session.lock': act(sessionActs['session.lock'], () => {
      forgetEnded(holder)
      const seen = holder.current === undefined ? null : closeVault(holder.current, now())
      holder.current = undefined
      return { ...done, seen }
    }),
    'session.openAttachment': act(sessionActs['session.openAttachment'], (input, job) => {
      const context = contextOf(job)
      return asLongAct(context.session, () => openOutside(context, input))
    }),
    'session.openAttachmentFailed': act(sessionActs['session.openAttachmentFailed'], ({ id }, job) => {
      logNotOpened(contextOf(job), id, new GuicangError('opener.failed'))
      return done
    }),
    'session.openLetter': act(sessionActs['session.openLetter'], (input, job) => {
      const context = contextOf(job)
      return asLongAct(context.session, () => openLetterOutside(context, input))
    }),
    'session.openLetterFailed': act(sessionActs['session.openLetterFailed'], ({ id }, job) => {
      logLetterNotOpened(contextOf(job), id, new GuicangError('opener.failed'))
      return done
    }),
    'bag.verify': act(sessionActs['bag.verify'], async ({ path }, job) => {
      const { valid, errors, warnings, trust } = await verifyBag(path, { signal: job.signal })
      return { valid, errors: [...errors], warnings: [...warnings], trust }
    }),
    'backup.verify': act(sessionActs['backup.verify'], ({ passphrase, ...input }, job) =>
      verifyBackup(
        passphrase === undefined ? input : { ...input, passphrase: normalisePassphrase(passphrase) },
        job,
      ),
    ),
    'backup.restore': act(sessionActs['backup.restore'], async (input, job) => ({
      counts: await restoreBackup(
        { ...input, passphrase: normalisePassphrase(input.passphrase) },
        now(),
        job,
      ),
    })),
    'sample.fill': act(sessionActs['sample.fill'], (_input, job) =>
      fillSample({ session: requireSession(holder), job, now }),
    ),
  }
}
