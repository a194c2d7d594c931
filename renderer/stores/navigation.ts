// Where the window is. A route is a plain object; there is no address bar to keep in step.
import { create } from 'zustand'

export type ClosedRoute =
  | { name: 'welcome' }
  | { name: 'create' }
  | { name: 'unlock'; path: string }
  /** `enrol`: the vault opens on enrolled computers, so this one has to become one. */
  | { name: 'recover'; path: string; enrol?: boolean }
  | { name: 'checkBag' }
  | { name: 'restore' }

export const settingsSections = [
  'profile',
  'passphrase',
  'computers',
  'kits',
  'appearance',
  'verify',
  'vault',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** Pages inside the frame. */
export type ShellRoute =
  | { name: 'customers'; id?: string }
  | { name: 'complaints'; id?: string }
  | { name: 'newComplaint'; customerId?: string; customerLabel?: string }
  | { name: 'imports' }
  | { name: 'exports' }
  | { name: 'audit' }
  | { name: 'people' }
  | { name: 'backups' }
  | { name: 'settings'; section?: SettingsSection }

/** Replacing a recovery kit leaves the frame aside, since its code is shown only once. */
export type OpenRoute = ShellRoute | { name: 'newKit'; id: string; kit: string }

export type Route = ClosedRoute | OpenRoute

const closedNames = ['welcome', 'create', 'unlock', 'recover', 'checkBag', 'restore']

/** Narrows a route to those that need no open vault. */
export function isClosedRoute(route: Route): route is ClosedRoute {
  return closedNames.includes(route.name)
}

interface NavigationState {
  route: Route
  go: (route: Route) => void
}

export const useNavigation = create<NavigationState>()((set) => ({
  route: { name: 'welcome' },
  go: (route) => set({ route }),
}))

/** Goes to a page from anywhere. */
export function go(route: Route): void {
  useNavigation.getState().go(route)
}
