// Starts the thread that copies a compartment under a new key.
import { z } from 'zod'
import { errorCodes, GuicangError } from '../../../shared/errors.ts'
import { runInThread } from './thread.ts'

const answerSchema = z.union([
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ code: z.enum(errorCodes) }),
])

export interface RekeyRequest {
  path: string
  /** 64 hex digits each. */
  key: string
  newKey: string
  /** Where the copy goes; nothing may stand there. */
  target: string
}

/**
 * Copies a compartment file to `target` under a new key with a new salt, checks the copy and flushes it. Resolves when the
 * thread has let go of both files.
 * @throws GuicangError `job.cancelled`, `disk.full`, `vault.busy`, `vault.damaged`, `process.gone`
 */
export async function rekeyInThread(request: RekeyRequest, signal: AbortSignal): Promise<void> {
  const entry = { source: 'rekey-entry.ts', built: 'rekey.js' }
  const { answer, ended } = runInThread(entry, request, answerSchema, signal)
  try {
    const answered = await answer
    if ('code' in answered) throw new GuicangError(answered.code)
  } finally {
    await ended
  }
}
