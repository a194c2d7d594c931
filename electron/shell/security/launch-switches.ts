// What may stand on the command line of the packaged program. Chromium and Node take switches that open a debugger, load an
// extension, log the network or take the sandbox away; whoever can give them could also unpick what this folder ties.

/** Ours, and those of Chromium that only choose how the window is drawn. */
const allowedSwitches = [
  'open',
  'allow-screen-capture',
  'disable-gpu',
  'force-device-scale-factor',
  'ozone-platform',
  'ozone-platform-hint',
]

/**
 * The switches in `args` (without the program's own path) that the packaged program refuses to start with, by name. What
 * follows `--` is no switch to Chromium. Chromium reads `-x` like `--x`, and on Windows `/x` too.
 */
export function refusedSwitches(args: readonly string[], platform: NodeJS.Platform): string[] {
  const end = args.indexOf('--')
  const seen = end === -1 ? args : args.slice(0, end)
  const pattern = platform === 'win32' ? /^(?:--?|\/)(?=[a-z])([^=]*)/i : /^--?([^=]+)/
  return seen
    .map((arg) => pattern.exec(arg)?.[1]?.toLowerCase())
    .filter((name) => name !== undefined)
    .filter((name) => !allowedSwitches.includes(name))
}
