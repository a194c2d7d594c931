// The vault process's side of the port: one request, one use case, one answer.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { contract, isChannel, type VaultChannel } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { jobIdSchema } from '../../../shared/types/ids.ts'
import { failure, ok, type Result } from '../../../shared/result.ts'
import { asLongAct, released, type VaultSession } from '../session.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { trace } from '../trace.ts'
import { handlers } from './handlers.ts'
import { createJob, type Job } from './jobs.ts'
import { type PortReply, portRequestSchema, type SessionAct, sessionActs } from './port.ts'
import { requireSession, sessionActHandlers, type SessionHolder } from './session-acts.ts'

/** What a lock waits for jobs to take back what they had begun. */
const quietMs = 2000

export interface Server {
  receive(message: unknown): void
}

/**
 * @param send posts a message to main
 * @param now the clock; only tests give another
 */
export function createServer(send: (reply: PortReply) => void, now: () => Date): Server {
  const holder: SessionHolder = { current: undefined }
  const acts = sessionActHandlers(holder, now)
  const running = new Map<string, AbortController>()
  const answers = new Set<Promise<void>>()

  /** Before a lock: jobs are cancelled and take back what they had begun, so that nothing of theirs is left on the disk. */
  async function quiet(): Promise<void> {
    for (const controller of running.values()) controller.abort()
    await Promise.race([Promise.allSettled(answers), delay(quietMs, undefined, { ref: false })])
  }

  function isVaultChannel(act: string): act is VaultChannel {
    return isChannel(act) && contract[act].target === 'vault' && Object.hasOwn(handlers, act)
  }

  function isAct(act: string): act is SessionAct {
    return Object.hasOwn(sessionActs, act)
  }

  async function run(act: string, input: unknown, job: Job): Promise<Result<unknown>> {
    try {
      if (isVaultChannel(act)) {
        const session = requireSession(holder)
        const { writes, job: long } = contract[act]
        // Somebody's note waits for a copy of the files to be finished, rather than be refused.
        if (writes === true || long === true) await released(session)
        return ok(await runUseCase(act, requireSession(holder), job, input))
      }
      if (act === 'session.lock') await quiet()
      // A job that reads clear values keeps them open until it is done, also one that nobody can cancel.
      const busy = running.size > 0 || (holder.current?.longActs ?? 0) > 0
      if (act === 'session.closeIdentities' && busy) throw new GuicangError('vault.busy')
      if (isAct(act)) return ok(await acts[act](input, job))
      throw new GuicangError('ipc.refused')
    } catch (thrown) {
      const ref = randomBytes(4).toString('hex')
      const translated = job.signal.aborted ? new GuicangError('job.cancelled') : translateError(thrown)
      trace(ref, thrown)
      return failure(translated, ref)
    }
  }

  async function runUseCase(
    act: VaultChannel,
    session: VaultSession,
    job: Job,
    input: unknown,
  ): Promise<unknown> {
    const work = (): Promise<unknown> => handlers[act]({ session, job, now }, input)
    return contract[act].job === true ? asLongAct(session, work) : work()
  }

  async function answer(id: number, act: string, input: unknown, jobId: string | undefined): Promise<void> {
    const controller = new AbortController()
    if (jobId !== undefined) running.set(jobId, controller)
    const job = createJob(controller.signal, (progress) => {
      if (jobId !== undefined)
        send({ type: 'progress', progress: { jobId: jobIdSchema.parse(jobId), ...progress } })
    })
    const result = await run(act, input, job)
    if (jobId !== undefined) running.delete(jobId)
    send({ type: 'reply', id, result })
  }

  function begin(id: number, act: string, input: unknown, jobId: string | undefined): void {
    const answering = answer(id, act, input, jobId)
    if (act === 'session.lock') return
    answers.add(answering)
    void answering.finally(() => answers.delete(answering))
  }

  return {
    receive: (message) => {
      const request = portRequestSchema.safeParse(message)
      // Main is the only one that can post here: a malformed message is a bug, and the process that sees one ends.
      if (!request.success) throw new GuicangError('ipc.refused')
      if (request.data.type === 'cancel') running.get(request.data.jobId)?.abort()
      else begin(request.data.id, request.data.act, request.data.input, request.data.jobId)
    },
  }
}
