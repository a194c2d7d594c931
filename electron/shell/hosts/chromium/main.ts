// Runs the window in an installed browser until it is closed.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { makeAppDataFolder } from '../../../gate/app-data.ts'
import { createApp } from '../../../gate/app.ts'
import { forkTransport } from '../../../vault/process/transport.ts'
import { chromiumOrigin } from '../../security/origins.ts'
import { fromRoot } from '../paths.ts'
import { watchScreenLock } from '../screen-lock.ts'
import { systemOpener } from '../system-opener.ts'
import { openChromiumHost } from './host.ts'

const packageSchema = z.object({ version: z.string() })

export interface ChromiumRun {
  browser: string
  headless: boolean
  /** A vault to offer at once. */
  openPath: string | undefined
  notice: (sentence: string) => void
  /** The window is open; for the line that says so. */
  onOpen: () => void
}

/** Opens the window and resolves when it has been closed, or a signal ended it. Throws when the browser doesn't start. */
export async function runChromium(run: ChromiumRun): Promise<void> {
  const app = createApp({
    host: 'chromium',
    version: packageSchema.parse(JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'))).version,
    trustedOrigins: [chromiumOrigin],
    startVaultProcess: () => forkTransport(fromRoot('electron/vault/process/entry.ts')),
    appDataDir: makeAppDataFolder(),
    opener: systemOpener(),
    systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
    ...(run.openPath === undefined ? {} : { openPath: run.openPath }),
  })
  const host = await openChromiumHost({ ...run, app, rendererDir: fromRoot('out/renderer') })
  const stopWatching = watchScreenLock(() => {
    app.lock('screen').catch(() => host.close())
  })
  const stop = (): void => {
    host.close().catch(() => {
      process.exitCode = 1
    })
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, stop)
  run.onOpen()
  await host.closed
  stopWatching()
  for (const signal of signals) process.removeListener(signal, stop)
}
