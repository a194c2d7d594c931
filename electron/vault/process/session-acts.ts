// The acts that begin, change and end a session. At most one session lives in a vault process.
import type { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { verifyBag } from '../../exchange/export/verify-bag.ts'
import { normalisePassphrase, passphraseStrength } from '../keys/passphrase.ts'
import { parseRecoveryCode } from '../keys/recovery-code.ts'
import { readVaultFile } from '../keys/vault-file.ts'
import type { VaultSession } from '../session.ts'
import { createVault } from '../usecases/create-vault.ts'
import { changePassphrase, closeVault, recoverVault, statusOf } from '../usecases/keep-vault.ts'
import { openKeys, openIdentitiesStore, openPerson, openVault } from '../usecases/open-vault.ts'
import { fillSample } from '../usecases/sample.ts'
import { sweep } from '../store/sweep.ts'
import type { Job } from './jobs.ts'
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
  if (holder.current === undefined) throw new GuicangError('vault.locked')
  return holder.current
}

function requireNone(holder: SessionHolder): void {
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
    'session.create': act(sessionActs['session.create'], (input) =>
      createVault({ ...input, passphrase: normalisePassphrase(input.passphrase) }, now()),
    ),
    'session.unlock': act(sessionActs['session.unlock'], async (input) => {
      requireNone(holder)
      holder.current = await openVault({ ...input, passphrase: normalisePassphrase(input.passphrase) }, now())
      return statusOf(holder.current)
    }),
    'session.openIdentities': act(
      sessionActs['session.openIdentities'],
      async ({ passphrase, deviceSecret }) => {
        const session = requireSession(holder)
        if (session.store.identities !== undefined) return statusOf(session)
        const file = await readVaultFile(session.dir)
        const person = file.people.find(({ id }) => id === session.person.id)
        if (person === undefined) throw new GuicangError('vault.slotsChanged')
        const secret = await openPerson(person, normalisePassphrase(passphrase), deviceSecret)
        const keys = await openKeys(file, session.person.role, secret.identity)
        if (keys.identities === undefined) throw new GuicangError('access.denied')
        session.keys.identities = keys.identities
        session.store.identities = openIdentitiesStore(session.dir, session.vaultId, keys.identities)
        sweep(session.store)
        return statusOf(session)
      },
    ),
    'session.closeIdentities': act(sessionActs['session.closeIdentities'], () => {
      const session = requireSession(holder)
      if (session.writingBatch) throw new GuicangError('vault.busy')
      session.store.identities?.db.close()
      session.store.identities = undefined
      session.keys.identities = undefined
      // What was searched for last is a clear value as often as not.
      session.lastSearch = ''
      return done
    }),
    'session.recover': act(sessionActs['session.recover'], async (input) => {
      requireNone(holder)
      holder.current = await recoverVault(
        { ...input, newPassphrase: normalisePassphrase(input.newPassphrase) },
        now(),
      )
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
      if (holder.current !== undefined) closeVault(holder.current, now())
      holder.current = undefined
      return done
    }),
    'bag.verify': act(sessionActs['bag.verify'], async ({ path }, job) => {
      const { valid, errors, warnings, trust } = await verifyBag(path, { signal: job.signal })
      return { valid, errors: [...errors], warnings: [...warnings], trust }
    }),
    'sample.fill': act(sessionActs['sample.fill'], (_input, job) =>
      fillSample({ session: requireSession(holder), job, now }),
    ),
  }
}
