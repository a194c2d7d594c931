// Stands in for the `electron` module where its program isn't: it keeps what the host sets and lets a test raise Electron's
// events. It proves what we ask of Electron, not that Electron does it; that is what test/e2e/electron-smoke.spec.ts is for.
import { EventEmitter } from 'node:events'

/** What was done on the way up, in order. */
export const steps: string[] = []

/** A class with any setter: what was set is found by the setter's name. */
class Kept extends EventEmitter {
  readonly set = new Map<string, unknown>()
  protected keep(name: string, value: unknown): void {
    this.set.set(name, value)
  }
}

export class FakeContents extends Kept {
  readonly mainFrame = { origin: 'app://guicang' }
  readonly sent: unknown[] = []
  setWindowOpenHandler(handler: unknown): void {
    this.keep('windowOpen', handler)
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.keep('webrtc', policy)
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 })
  }
  send(_channel: string, event: unknown): void {
    this.sent.push(event)
  }
}

type BeforeRequest = (details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void

export class FakeSession extends Kept {
  readonly protocolHandlers = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.protocolHandlers.set(scheme, handler)
    },
  }
  beforeRequest: BeforeRequest | undefined
  readonly webRequest = {
    onBeforeRequest: (handler: BeforeRequest) => {
      this.beforeRequest = handler
    },
  }
  readonly partition: string
  readonly options: unknown
  constructor(partition: string, options: unknown) {
    super()
    this.partition = partition
    this.options = options
  }
  setPermissionRequestHandler(handler: unknown): void {
    this.keep('permissionRequest', handler)
  }
  setPermissionCheckHandler(handler: unknown): void {
    this.keep('permissionCheck', handler)
  }
  setDevicePermissionHandler(handler: unknown): void {
    this.keep('device', handler)
  }
  setDisplayMediaRequestHandler(handler: unknown): void {
    this.keep('displayMedia', handler)
  }
  setBluetoothPairingHandler(handler: unknown): void {
    this.keep('bluetooth', handler)
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.keep('spellChecker', enabled)
  }
  setCertificateVerifyProc(proc: unknown): void {
    this.keep('certificate', proc)
  }
}

class FakeApp extends EventEmitter {
  readonly switches = new Map<string, string | undefined>()
  readonly paths = new Map<string, string>()
  isPackaged = false
  /** Whether another one runs already. */
  single = true
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      steps.push('switches')
      this.switches.set(name, value)
    },
  }
  enableSandbox(): void {
    steps.push('sandbox')
  }
  setPath(name: string, path: string): void {
    steps.push(`path ${name}`)
    this.paths.set(name, path)
  }
  requestSingleInstanceLock(): boolean {
    steps.push('single instance')
    return this.single
  }
  whenReady(): Promise<void> {
    steps.push('ready')
    // Electron makes its default session before it is ready.
    sessions.push(new FakeSession('', undefined))
    this.emit('session-created', sessions[0])
    return Promise.resolve()
  }
  getVersion(): string {
    return '0.0.0'
  }
  getLocale(): string {
    return 'en-US'
  }
  quit(): void {
    steps.push('quit')
  }
  exit(code: number): void {
    steps.push(`exit ${code}`)
  }
}

export const app = new FakeApp()
export const sessions: FakeSession[] = []
export const windows: BrowserWindow[] = []

export const session = {
  fromPartition: (partition: string, options: unknown): FakeSession => {
    const made = new FakeSession(partition, options)
    sessions.push(made)
    app.emit('session-created', made)
    return made
  },
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: { webPreferences?: Record<string, unknown> }
  readonly loaded: string[] = []
  protectedContent: boolean | undefined
  focused = 0
  constructor(options: { webPreferences?: Record<string, unknown> }) {
    super()
    this.options = options
    windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  setContentProtection(on: boolean): void {
    this.protectedContent = on
  }
  loadURL(url: string): Promise<void> {
    steps.push('load')
    this.loaded.push(url)
    return Promise.resolve()
  }
  isDestroyed(): boolean {
    return false
  }
  isMinimized(): boolean {
    return false
  }
  focus(): void {
    this.focused += 1
  }
  show(): void {}
}

export const schemes: unknown[] = []
export const protocol = {
  registerSchemesAsPrivileged: (list: unknown[]) => {
    steps.push('schemes')
    schemes.push(...list)
  },
}

export const menus: unknown[] = []
export const Menu = {
  setApplicationMenu: (menu: unknown) => {
    menus.push(menu)
  },
  buildFromTemplate: (template: unknown) => template,
}

export const ipcHandlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
    ipcHandlers.set(channel, handler)
  },
}

export const powerMonitor = new EventEmitter()
export const dialog = {}
const paths: string[] = []
/** What was handed to other programs, and what Electron answers to the next. */
export const handed = { paths, answer: '' }
export const shell = {
  openPath: (path: string): Promise<string> => {
    paths.push(path)
    return Promise.resolve(handed.answer)
  },
}

export const forked: { entry: string; args: readonly string[]; options: unknown }[] = []
export const utilityProcess = {
  fork: (entry: string, args: readonly string[], options: unknown) => {
    forked.push({ entry, args, options })
    return Object.assign(new EventEmitter(), { postMessage: () => {}, kill: () => true })
  },
}
