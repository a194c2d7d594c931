// Starts the browser as an app window, driven over a pipe: no port is listened on.
import { type BrowserContext, chromium } from 'playwright-core'
import { disabledFeatures, offlineSwitches } from '../../security/browser-switches.ts'
import { windowTitle } from '../../security/origins.ts'
import { offlineStarter } from './namespace.ts'
import type { Profile } from './profile.ts'

export interface LaunchOptions {
  /** Path of the browser. */
  browser: string
  profile: Profile
  headless: boolean
  /** What the person should know of how the browser runs, one sentence each. */
  notice: (sentence: string) => void
}

/** The first page, before binding and routes are laid: it can reach nothing, and says nothing but the name. */
export const emptyPage = `data:text/html,<title>${encodeURIComponent(windowTitle)}</title>`

/** Switches of the driver that suit its tests and not this program. */
const unwanted = [
  '--enable-automation',
  '--disable-popup-blocking',
  '--unsafely-disable-devtools-self-xss-warnings',
  '--disable-ipc-flooding-protection',
]

/** The driver passes a list of its own; the browser heeds the last one only, so ours repeats what windows need of it. */
const features = [
  ...disabledFeatures,
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
]

/**
 * Starts the browser without a network where the system allows it, else with what the switches can do, and says which.
 * Throws the driver's error when the browser doesn't start either way.
 */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserContext> {
  const { notice, profile, browser } = options
  const starter = offlineStarter(profile.folder, browser, process.env)
  if (starter.executable === undefined) {
    notice(
      `The browser runs with its network switched off, but not in a network namespace: ${starter.reason}.`,
    )
    return await launch(browser, options)
  }
  try {
    return await launch(starter.executable, options)
  } catch {
    // The system lets us make a namespace but not the browser's sandbox inside of it, or runs no script from there.
    notice(
      'The browser runs with its network switched off, but not in a network namespace: it did not start in one.',
    )
    return await launch(browser, options)
  }
}

async function launch(executablePath: string, options: LaunchOptions): Promise<BrowserContext> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot)
    options.notice('Running as root: the browser starts without its sandbox, which it refuses to root.')
  return await chromium.launchPersistentContext(options.profile.userData, {
    executablePath,
    headless: options.headless,
    chromiumSandbox: !asRoot,
    ignoreDefaultArgs: unwanted,
    args: browserArguments(),
    artifactsDir: options.profile.scratch,
    acceptDownloads: false,
    serviceWorkers: 'block',
    // Copying text out, at a person's press; a list refuses everything that isn't on it.
    permissions: ['clipboard-write'],
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: 30_000,
  })
}

function browserArguments(): string[] {
  const switches = offlineSwitches.map(([name, value]) =>
    name === 'disable-features'
      ? `--${name}=${features.join(',')}`
      : `--${name}${value === undefined ? '' : `=${value}`}`,
  )
  return [
    ...switches,
    `--app=${emptyPage}`,
    // Hides the bar that calls the resolver rules above a danger; what a person should know is said by `notice`.
    '--test-type',
    '--window-size=1280,760',
    '--password-store=basic',
    '--disable-save-password-bubble',
    '--disk-cache-size=1',
    '--media-cache-size=1',
    '--disable-gpu-shader-disk-cache',
  ]
}
