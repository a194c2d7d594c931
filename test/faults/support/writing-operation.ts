// One operation that is cut short, and the folder of a trial.
import type { VaultClient } from '../../../electron/vault/process/client.ts'
import type { VaultSession } from '../../../electron/vault/session.ts'
import type { Result } from '../../../shared/result.ts'

/** A folder of one trial: the vault in it, and beside it what the operation writes elsewhere. All of it may be moved. */
export interface Place {
  root: string
  vault: string
  /** Where an export goes. */
  out: string
}

/** `before`: nothing of it is there. `between`: a state that the design allows. `after`: all of it. */
export type Outcome = 'before' | 'between' | 'after'

export interface WritingOperation {
  name: string
  /** What the trials begin with: answers a closed vault, or undefined where there is none yet. Called once. */
  base: () => Promise<{ dir: string } | undefined>
  /** Puts into the folder of the trial what the person brings. */
  brings?: (place: Place) => void
  /** The one request. The vault is open, unless there is none yet. */
  run: (client: VaultClient, place: Place) => Promise<Result<unknown>>
  /** What the vault differs by once it has happened, as `differences` tells it. */
  after: readonly string[]
  /** States in between that the design allows, which don't count as having happened. */
  between?: readonly (readonly string[])[]
  /** What the session may be warned of in that state. */
  betweenWarning?: string
  /** The request opens the vault itself: the process has none open before. */
  unopened?: true
  /** The log tells of it before it has happened: an entry alone is no contradiction to a refusal. */
  toldFirst?: true
  /** Passphrases that may open the vault afterwards, in this order; the first is the old one. */
  passphrases?: readonly string[]
  /** The code of what stopped it half way, where an answer that is no refusal tells of one; else undefined. */
  stoppedBy?: (value: unknown) => string | undefined
  /** What has to be true beside the vault, which is open. Answers faults. */
  beside?: (place: Place, outcome: Outcome, session: VaultSession) => Promise<string[]>
  /** What stands beside the vault once it was answered as done. Answers what is missing. */
  made?: (place: Place) => string[]
}
