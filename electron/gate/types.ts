// What a host gives to the gate, and what it gets.
import type { AppEvent, LockReason } from '../../shared/events.ts'
import type { Result } from '../../shared/result.ts'
import type { VaultTransport } from '../vault/process/transport.ts'

/** Where a call came from, as the host saw it (never as the caller says). */
export interface Sender {
  mainFrame: boolean
  origin: string
}

export type ChoosePurpose =
  | 'open-vault'
  | 'new-vault'
  | 'new-file'
  | 'import-file'
  | 'attachment'
  | 'export-folder'
  | 'bag'
  | 'checkpoint'
  | 'clock-file'

/** The system's own file dialogs; null when the person cancelled. */
export interface FileChooser {
  choose(purpose: ChoosePurpose, suggestedName?: string): Promise<string | null>
}

/** The program that the system has for a kind of file. */
export interface FileOpener {
  /** Whether the system has something that opens files. */
  available(): Promise<boolean>
  /** Hands a file over; answers whether it was taken. */
  open(path: string): Promise<boolean>
}

export type { LockReason }

export interface AppOptions {
  host: 'electron' | 'chromium' | 'cli'
  version: string
  /** Origins whose main frame may call. */
  trustedOrigins: readonly string[]
  startVaultProcess: () => VaultTransport
  /** Private folder (0700) for recent vaults, queued failed unlocks and the language. */
  appDataDir: string
  systemLocale: string
  /** Absent: the window uses its own chooser. */
  chooser?: FileChooser
  /** Absent: nothing is opened in another program. */
  opener?: FileOpener
  /** Idle times in milliseconds; only tests give others. */
  idle?: { lockMs: number; identitiesMs: number }
  /** A vault named at start-up. */
  openPath?: string
}

export interface App {
  /** The one door. Never rejects. */
  invoke(sender: Sender, channel: unknown, input: unknown, jobId?: unknown): Promise<Result<unknown>>
  onEvent(listener: (event: AppEvent) => void): () => void
  lock(reason: LockReason): Promise<void>
  isOpen(): boolean
  dispose(): Promise<void>
}
