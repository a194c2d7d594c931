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
  'callers',
  'fields',
  'categories',
  'clocks',
  'letters',
  'appearance',
  'shortcuts',
  'verify',
  'vault',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** Pages inside the frame. */
export type ShellRoute =
  | { name: 'customers'; id?: string }
  | { name: 'complaints'; id?: string }
  | { name: 'newComplaint'; customerId?: string; customerLabel?: string }
  | { name: 'dashboard' }
  | { name: 'imports' }
  | { name: 'exports' }
  | { name: 'audit' }
  | { name: 'people' }
  | { name: 'backups' }
  | { name: 'settings'; section?: SettingsSection }

/** Replacing a recovery kit leaves the frame aside, since its code is shown only once. */
export type OpenRoute = ShellRoute | { name: 'newKit'; id: string; kit: string }

export type Route = ClosedRoute | OpenRoute

const closedNames = {
  welcome: true,
  create: true,
  unlock: true,
  recover: true,
  checkBag: true,
  restore: true,
} satisfies Record<ClosedRoute['name'], true>
const openNames = {
  dashboard: true,
  customers: true,
  complaints: true,
  newComplaint: true,
  imports: true,
  exports: true,
  audit: true,
  people: true,
  backups: true,
  settings: true,
  newKit: true,
} satisfies Record<OpenRoute['name'], true>

/** Every page, for whoever visits them all: the compiler misses a route that isn't here. */
export const pageNames: readonly string[] = [...Object.keys(closedNames), ...Object.keys(openNames)]

/** Narrows a route to those that need no open vault. */
export function isClosedRoute(route: Route): route is ClosedRoute {
  return Object.hasOwn(closedNames, route.name)
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
