// The one object that the preload (Electron) or the binding (Chromium host) puts on `window`.
import type { ChannelName, Output, Request } from './contract/index.ts'
import type { AppEvent } from './events.ts'
import type { Result } from './result.ts'

/** Name on `window`. */
export const bridgeName = 'guicang'

/**
 * `invoke` never rejects for a refusal: it answers a Result. `jobId` (UUIDv7 of the caller) ties progress events and
 * `jobs.cancel` to a long call. `onEvent` answers its unsubscribe. `pathOf` answers where a file lies that somebody dragged
 * into the window, null for a file that came otherwise.
 */
export interface Bridge {
  invoke<C extends ChannelName>(channel: C, input: Request<C>, jobId?: string): Promise<Result<Output<C>>>
  onEvent(listener: (event: AppEvent) => void): () => void
  pathOf(file: object): Promise<string | null>
}
