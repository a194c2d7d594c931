// Runs in the page before any script of ours: makes the bridge of shared/bridge.ts out of the driver's binding.
import { bridgeName } from '../../../../shared/bridge.ts'
import { windowTitle } from '../../security/origins.ts'

/** The driver's binding. The page script takes it off `window`; a call from elsewhere is refused by its frame and origin. */
export const bindingName = 'guicangInvoke'

/** The binding that tells where a dragged file lies; the page script takes it off `window` too. */
export const pathBindingName = 'guicangPathOf'

/** The driver's own channel below the binding. It ends this program when it is given what isn't a call (Playwright 1.65). */
export const driverChannel = '__playwright__binding__'

/** The DOM event that carries an AppEvent as JSON into the page. */
export const eventName = 'guicang:event'

/**
 * Text, not a function: it is the browser's code, and this folder is compiled without the browser's types. Strings cross
 * the binding, since objects cost ten times as much. Frames get no bridge, and what isn't a call doesn't reach the driver.
 * The title stays what it is, whoever sets it.
 */
export const bridgeScript = `(() => {
  const raw = window[${JSON.stringify(driverChannel)}]
  const { parse } = JSON
  const { isArray } = Array
  if (typeof raw === 'function') {
    const guarded = (payload) => {
      let call
      try {
        call = parse(payload)
      } catch {
        return
      }
      if (typeof payload === 'string' && isArray(call?.serializedArgs)) raw(payload)
    }
    Object.defineProperty(window, ${JSON.stringify(driverChannel)}, { value: guarded, configurable: false, writable: false })
  }
  const call = window[${JSON.stringify(bindingName)}]
  delete window[${JSON.stringify(bindingName)}]
  const locate = window[${JSON.stringify(pathBindingName)}]
  delete window[${JSON.stringify(pathBindingName)}]
  if (window.top !== window || location.protocol === 'data:' || typeof call !== 'function' || typeof locate !== 'function') return
  const invoke = async (channel, input, jobId) => JSON.parse(await call(JSON.stringify({ channel, input, jobId })))
  const onEvent = (listener) => {
    const forward = (event) => listener(JSON.parse(event.detail))
    window.addEventListener(${JSON.stringify(eventName)}, forward)
    return () => window.removeEventListener(${JSON.stringify(eventName)}, forward)
  }
  const { File, Uint32Array } = window
  const randomValues = crypto.getRandomValues.bind(crypto)
  // The driver sees a file only where it stands under a name: one that nobody can guess, and no longer than it is asked.
  const pathOf = async (file) => {
    if (!(file instanceof File)) return null
    const token = ['guicangFile', ...randomValues(new Uint32Array(4))].join('-')
    Object.defineProperty(window, token, { value: file, configurable: true })
    try {
      return await locate(token)
    } finally {
      delete window[token]
    }
  }
  Object.defineProperty(window, ${JSON.stringify(bridgeName)}, {
    value: Object.freeze({ invoke, onEvent, pathOf }),
    enumerable: true,
    configurable: false,
    writable: false,
  })
  Object.defineProperty(Document.prototype, 'title', {
    get: () => ${JSON.stringify(windowTitle)},
    set: () => undefined,
    configurable: false,
  })
  Object.defineProperty(window, 'open', { value: () => null, configurable: false, writable: false })
})()`

/** Dispatches one event in the page: the fixed function that is evaluated with a JSON string. */
export const pushEventScript = `(json) => {
  window.dispatchEvent(new CustomEvent(${JSON.stringify(eventName)}, { detail: json }))
}`
