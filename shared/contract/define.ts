// How a channel is declared. Everything the gate needs to decide about a call stands in its declaration.
import type { z } from 'zod'
import type { Role } from '../types/vault.ts'

/** Where a call ends: `main` answers itself (files, language, session), `vault` is forwarded to the vault process. */
export type Target = 'main' | 'vault'

export interface Channel<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  T extends Target = Target,
> {
  input: I
  output: O
  target: T
  /** `closed`: may be called without an open vault. Otherwise the roles that may call it. */
  access: 'closed' | readonly Role[]
  /** Needs the identities compartment open. */
  identities?: true
  /** Long work: reports progress and can be cancelled. */
  job?: true
  /**
   * Changes the vault, or leaves something in the person's name: a reveal, an export, a signature. It waits while the files
   * are being copied, and a person on a first passphrase may not do it.
   */
  writes?: true
}

export function channel<I extends z.ZodType, O extends z.ZodType, const T extends Target>(
  declaration: Channel<I, O, T>,
): Channel<I, O, T> {
  return declaration
}

export const everybody = ['owner', 'handler', 'reviewer', 'auditor'] as const
export const workers = ['owner', 'handler', 'reviewer'] as const
export const identityHolders = ['owner', 'handler'] as const
export const owners = ['owner'] as const
