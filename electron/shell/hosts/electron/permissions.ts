// What a page may ask the browser for. A permission that isn't named here is denied too.
import type { Session } from 'electron'

/** Every name that Electron knows: a newer Electron with one more doesn't compile until it is decided on. */
type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1]

/** Why each is denied; `null` for the one that is granted. */
export const permissionDecisions: Readonly<Record<Permission, string | null>> = {
  'clipboard-sanitized-write': null,
  ar: 'nothing here is shown in a room',
  'automatic-fullscreen': 'nothing moves without being asked',
  'background-fetch': 'there is no network',
  'background-sync': 'there is no network',
  'captured-surface-control': 'no other window is controlled',
  'clipboard-read': 'what lies on the clipboard belongs to other programs',
  'deprecated-sync-clipboard-read': 'what lies on the clipboard belongs to other programs',
  'display-capture': 'the screen shows what was revealed',
  fileSystem: 'files go through main, which checks and logs',
  fullscreen: 'a full screen could imitate the system',
  geolocation: 'nobody needs to know where the vault is',
  'geolocation-approximate': 'nobody needs to know where the vault is',
  'hand-tracking': 'nothing here is shown in a room',
  hid: 'no device is driven from a page',
  'idle-detection': 'main locks by its own clock',
  keyboardLock: 'the system keeps its keys',
  'local-fonts': 'fonts are bundled, and a list of fonts is a fingerprint',
  'local-network': 'there is no network',
  'local-network-access': 'there is no network',
  'loopback-network': 'there is no network',
  media: 'no camera, no microphone',
  mediaKeySystem: 'nothing here is protected video',
  midi: 'no device is driven from a page',
  midiSysex: 'no device is driven from a page',
  nfc: 'no device is driven from a page',
  notifications: 'a notification would show names on a locked screen',
  openExternal: 'no address leaves the vault',
  'payment-handler': 'nothing is paid here',
  'periodic-background-sync': 'there is no network',
  'persistent-storage': 'a page keeps nothing',
  pointerLock: 'the pointer stays free',
  'screen-wake-lock': 'the screen may lock, and then the vault does',
  sensors: 'no device is driven from a page',
  serial: 'no device is driven from a page',
  'smart-card': 'no device is driven from a page',
  'speaker-selection': 'nothing here makes a sound',
  'storage-access': 'a page keeps nothing',
  'system-wake-lock': 'the computer may sleep, and then the vault locks',
  'top-level-storage-access': 'a page keeps nothing',
  unknown: 'what has no name can have no reason',
  usb: 'no device is driven from a page',
  vr: 'nothing here is shown in a room',
  'web-app-installation': 'the program is installed by its package',
  'web-printing': 'printing goes through the system dialog',
  'window-management': 'there is one window',
}

/** Whether a page may have it: only what is granted above (copying text out, at a person's press). */
export function isGranted(permission: string): boolean {
  return Object.entries(permissionDecisions).some(([name, reason]) => name === permission && reason === null)
}

/** Answers every request and check of this session by the table; devices and screens are never handed out. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(isGranted(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null)
  })
  session.setBluetoothPairingHandler((_details, callback) => {
    callback({ confirmed: false })
  })
}
