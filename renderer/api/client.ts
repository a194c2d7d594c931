// The only file of the window that touches the bridge.
import type { Bridge } from '../../shared/bridge.ts'
import type { ChannelName, Output, Request } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/events.ts'

declare global {
  interface Window {
    readonly guicang: Bridge
  }
}

/** A refusal or failure of a call. Its message is its code: nothing else may be shown from it. */
export class ApiError extends Error {
  readonly error: AppError

  constructor(error: AppError) {
    super(error.code)
    this.name = 'ApiError'
    this.error = error
  }
}

/**
 * Calls a channel and answers its value. Throws `ApiError` for every refusal, also when the host itself is gone
 * (`process.gone`). `jobId` (UUIDv7) ties progress events and `jobs.cancel` to the call.
 */
export async function call<C extends ChannelName>(
  channel: C,
  input: Request<C>,
  jobId?: string,
): Promise<Output<C>> {
  let result
  try {
    result = await window.guicang.invoke(channel, input, jobId)
  } catch (thrown) {
    throw new ApiError(toAppError(thrown))
  }
  if (!result.ok) throw new ApiError(result.error)
  return result.value
}

/** Where a file lies that was dragged into the window; undefined where the host can't tell. */
export async function pathOf(file: File): Promise<string | undefined> {
  return (await window.guicang.pathOf(file)) ?? undefined
}

/** Narrows anything caught to the closed error shape; what isn't ours reads as a host that went away. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof ApiError) return thrown.error
  return { code: 'process.gone', retryable: true, ref: '' }
}

/** Subscribes to what main says unasked; answers the unsubscribe. */
export function onAppEvent(listener: (event: AppEvent) => void): () => void {
  return window.guicang.onEvent(listener)
}
