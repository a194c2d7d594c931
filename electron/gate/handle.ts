// How a channel that main answers itself is put behind its schema.
import type { z } from 'zod'
import type { Channel } from '../../shared/contract/define.ts'
import type { AppMemory } from './app-memory.ts'
import type { DeviceKeychain } from './keychain.ts'
import type { OpenedFiles } from './opened-files.ts'
import type { Sessions } from './session-types.ts'
import type { AppOptions } from './types.ts'

export type Runner = (input: unknown, jobId: string | undefined) => Promise<unknown>

export interface MainContext {
  options: AppOptions
  sessions: Sessions
  memory: AppMemory
  keychain: DeviceKeychain
  idleLockMs: number
  opened: OpenedFiles
}

/** Asks the vault process for an act; the answer has the declared shape. */
export type Ask = <T>(
  declaration: { output: z.ZodType<T> },
  act: string,
  input: unknown,
  jobId?: string,
) => Promise<T>

export function handle<I extends z.ZodType, O extends z.ZodType>(
  declaration: Channel<I, O, 'main'>,
  answer: (input: z.output<I>, jobId: string | undefined) => z.output<O> | Promise<z.output<O>>,
): Runner {
  return async (input, jobId) => answer(declaration.input.parse(input), jobId)
}
