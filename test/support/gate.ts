// The gate in front of a real vault process, or of one that only claims a role.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { createApp, type App, type AppOptions, type Sender } from '../../electron/gate/app.ts'
import { portRequestSchema } from '../../electron/vault/process/port.ts'
import { forkTransport, type VaultTransport } from '../../electron/vault/process/transport.ts'
import { type ChannelName, contract, type Output, type Request } from '../../shared/contract/index.ts'
import type { AppEvent } from '../../shared/events.ts'
import type { Result } from '../../shared/result.ts'
import type { Role, Session } from '../../shared/types/vault.ts'

export const origin = 'app://guicang'
export const window: Sender = { mainFrame: true, origin }

const apps: App[] = []
const folders: string[] = []
afterAll(async () => {
  for (const app of apps) await app.dispose()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export interface Door {
  app: App
  events: AppEvent[]
  /** Every vault process that the gate has started, oldest first. */
  started: { transport: VaultTransport; gone: Promise<void> }[]
  appDataDir: string
  ask(channel: unknown, input: unknown, jobId?: unknown): Promise<Result<unknown>>
  /** The value of a call that must succeed. */
  call<C extends ChannelName>(channel: C, input: Request<C>, jobId?: string): Promise<Output<C>>
}

/** `ok`, or the code of the refusal. */
export function codeIn(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code
}

function door(
  startVaultProcess: () => VaultTransport,
  extra: Pick<AppOptions, 'idle' | 'opener'> = {},
): Door {
  const appDataDir = mkdtempSync(join(tmpdir(), 'guicang-gate-'))
  folders.push(appDataDir)
  const started: Door['started'] = []
  const app = createApp({
    host: 'chromium',
    version: '0.0.0',
    trustedOrigins: [origin],
    startVaultProcess: () => {
      const transport = startVaultProcess()
      const gone = new Promise<void>((resolve) => {
        transport.onExit(resolve)
      })
      started.push({ transport, gone })
      return transport
    },
    appDataDir,
    systemLocale: 'en-US',
    ...extra,
  })
  apps.push(app)
  const events: AppEvent[] = []
  app.onEvent((event) => events.push(event))
  return {
    app,
    events,
    started,
    appDataDir,
    ask: (channel, input, jobId) => app.invoke(window, channel, input, jobId),
    call: async (channel, input, jobId) => {
      const result = await app.invoke(window, channel, input, jobId)
      if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`)
      return z
        .custom<Output<typeof channel>>((value) => contract[channel].output.safeParse(value).success)
        .parse(result.value)
    },
  }
}

/** The gate with the real vault process behind it. */
export function realDoor(extra: Pick<AppOptions, 'idle' | 'opener'> = {}): Door {
  const entry = fileURLToPath(new URL('../../electron/vault/process/entry.ts', import.meta.url))
  return door(() => forkTransport(entry), extra)
}

const vaultId = '0190a0b0-0000-7000-8000-000000000001'
const userId = '0190a0b0-0000-7000-8000-000000000002'

/** The gate with a vault open, as it believes, in this role. The process behind answers everything else with null. */
export async function doorFor(role: Role, compartments: Session['compartments']): Promise<Door> {
  const session = {
    vaultId,
    userId,
    user: 'A',
    role,
    compartments,
    warnings: [],
    counts: { customers: 0, complaints: 0, attachments: 0, auditEntries: 0 },
    company: { name: 'C', creditCode: '', address: '', timeZone: 'Asia/Shanghai' },
    custodian: { name: '', capacity: '', authority: '', contact: '' },
    lastUnlock: null,
    failedUnlocks: 0,
    lastCheckpoint: null,
    lastBackup: null,
    canSign: true,
    inbox: 0,
  }
  const answers: Readonly<Record<string, unknown>> = {
    'session.info': { formatVersion: 1, vaultId, epoch: 1, people: [] },
    'session.unlock': session,
    'session.seen': { size: 0, leaf: '' },
  }
  const made = door(() => {
    const listeners: ((message: unknown) => void)[] = []
    return {
      post: (message) => {
        const request = portRequestSchema.parse(message)
        if (request.type !== 'call') return
        const value = answers[request.act] ?? null
        for (const listener of listeners)
          listener({ type: 'reply', id: request.id, result: { ok: true, value } })
      },
      onMessage: (listener) => listeners.push(listener),
      onExit: () => {},
      kill: () => {},
    }
  })
  await made.call('vault.unlock', { path: '/vault', passphrase: 'x' })
  return made
}
