// Whether a window can be shown on this machine.

/** `headless`: the browser is to run without a window (tests, screenshots). Windows and macOS always have a display. */
export type Display = 'screen' | 'headless' | 'none'

export function findDisplay(env: NodeJS.ProcessEnv = process.env, platform = process.platform): Display {
  if (env['GUICANG_HEADLESS'] === '1') return 'headless'
  if (platform === 'win32' || platform === 'darwin') return 'screen'
  return isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']) ? 'screen' : 'none'
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
