// The program with its window, as a process of its own whose memory can be told from that of the measurement: it does one
// step for each message and says so. Before the window it can show the browser alone, which is the peer.
import { type Browser, chromium } from 'playwright-core'
import { z } from 'zod'
import { createApp } from '../../electron/gate/app.ts'
import { makeAppDataFolder } from '../../electron/gate/app-data.ts'
import { findBrowser } from '../../electron/shell/hosts/chromium/browsers.ts'
import { type ChromiumHost, openChromiumHost } from '../../electron/shell/hosts/chromium/host.ts'
import { fromRoot } from '../../electron/shell/hosts/paths.ts'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { forkTransport } from '../../electron/vault/process/transport.ts'

export const windowHostFile = new URL(import.meta.url)

const stepSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('browserAlone') }),
  z.strictObject({ step: z.literal('open'), vault: z.string() }),
  z.strictObject({ step: z.literal('unlock'), passphrase: z.string() }),
  z.strictObject({ step: z.literal('import'), file: z.string() }),
  z.strictObject({ step: z.literal('lock') }),
  z.strictObject({ step: z.literal('close') }),
])
export type Step = z.infer<typeof stepSchema>

export const patience = { timeout: 10 * 60_000 }
let alone: Browser | undefined
let host: ChromiumHost | undefined

/** The window over a vault that is still locked, in the installed browser, without a screen. */
export async function openWindow(openPath: string): Promise<ChromiumHost> {
  const app = createApp({
    host: 'chromium',
    version: '0.0.0',
    trustedOrigins: [chromiumOrigin],
    startVaultProcess: () => forkTransport(fromRoot('electron/vault/process/entry.ts')),
    appDataDir: makeAppDataFolder(),
    systemLocale: 'zh-CN',
    openPath,
  })
  const browser = findBrowser() ?? ''
  const rendererDir = fromRoot('out/renderer')
  const opened = await openChromiumHost({ app, browser, rendererDir, headless: true, notice: () => {} })
  await opened.page.getByTestId('unlock-passphrase').waitFor(patience)
  return opened
}

/** Does what a person does for the step. */
async function take(step: Step): Promise<void> {
  if (step.step === 'browserAlone') {
    alone = await chromium.launch({ executablePath: findBrowser() ?? '', headless: true })
    await alone.newPage()
    return
  }
  if (step.step === 'open') {
    await alone?.close()
    host = await openWindow(step.vault)
    return
  }
  if (host === undefined) throw new Error('the window is not open')
  const { page } = host
  if (step.step === 'unlock') {
    await page.getByTestId('unlock-passphrase').fill(step.passphrase)
    await page.getByTestId('unlock-submit').click()
    await page.getByTestId('nav-imports').waitFor(patience)
  } else if (step.step === 'import') {
    await page.getByTestId('nav-imports').click()
    await page.getByTestId('import-path').fill(step.file)
    await page.getByTestId('import-preview').click()
    await page.getByTestId('import-dry-run').click(patience)
    await page.getByTestId('import-run').click(patience)
    await page.getByTestId('import-look').click(patience)
    await page.getByTestId('customers-table').waitFor(patience)
  } else if (step.step === 'lock') {
    await page.getByTestId('lock').click()
    await page.getByTestId('unlock-passphrase').waitFor(patience)
  } else await host.close()
}

if (process.argv[1] === import.meta.filename) {
  process.on('message', (message) => {
    take(stepSchema.parse(message)).then(
      () => process.send?.('done'),
      (thrown: unknown) => {
        console.error(thrown)
        process.exit(1)
      },
    )
  })
}
