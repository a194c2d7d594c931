// Finds an installed Chromium, Chrome or Edge.
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

/** In the order of preference. Snaps come last: their confinement hides our private profile folder from them. */
const commands = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
  'chromium-browser',
]

const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

export interface BrowserSearch {
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
}

/**
 * The path of the browser to drive: `GUICANG_BROWSER` alone when it is set (undefined if it names no program: falling
 * back would hide the mistake), else the first that is installed in the usual places or on `PATH`, else one that
 * Playwright downloaded earlier.
 */
export function findBrowser(search: BrowserSearch = {}): string | undefined {
  const env = search.env ?? process.env
  const platform = search.platform ?? process.platform
  const chosen = env['GUICANG_BROWSER']
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : undefined
  return candidates(env, platform).find(isProgram)
}

function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  return [...installed(env, platform), chromium.executablePath()].filter((path) => path !== '')
}

function installed(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots.flatMap((root) =>
      root === undefined ? [] : windowsPrograms.map((parts) => join(root, ...parts)),
    )
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [join(env['HOME'], 'Applications')])]
    return roots.flatMap((root) => macApplications.map((application) => join(root, application)))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = [
    ...new Set([...folders, '/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/opt/microsoft/msedge']),
  ]
  const own = commands.flatMap((command) => places.map((folder) => join(folder, command)))
  return [...own.filter((path) => !path.startsWith('/snap/')), '/snap/bin/chromium']
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not ours to run.
    return false
  }
}
