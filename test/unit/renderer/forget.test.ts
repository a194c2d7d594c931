// A lock empties the window: every store, and what else a module of the window remembers.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { clearClipboardIn } from '../../../renderer/lib/clipboard.ts'
import { startStopwatch } from '../../../renderer/lib/stopwatch.ts'
import { forgetSession, panicLock } from '../../../renderer/stores/lock.ts'
import { useSessionStore } from '../../../renderer/stores/session.ts'

interface Store {
  getState(): Record<string, unknown>
  getInitialState(): Record<string, unknown>
  setState(patch: Record<string, unknown>): void
}

/** What outlives a lock: nothing of it was learned from the vault. */
const outlives: Readonly<Record<string, string>> = {
  'useDataStore.version': 'a counter',
  'useLastPerson.names': 'who is offered first on the unlock screen; vault.json names everybody in clear',
  'useNavigation.route': 'the unlock screen',
  'useNotice.locked': 'why it was locked',
  'usePreferences.locale': 'language of the window',
  'usePreferences.theme': 'look of the window',
  'useSessionStore.info': 'the program and the computer',
  'useSessionStore.path': 'the vault that the unlock screen offers',
}

const folder = fileURLToPath(new URL('../../../renderer/', import.meta.url))
const storeSchema = z.custom<Store>(
  (value) => typeof value === 'function' && 'getState' in value && 'setState' in value,
)

async function allStores(): Promise<[name: string, store: Store][]> {
  const found: [string, Store][] = []
  for (const file of readdirSync(`${folder}stores`)) {
    const module = z.record(z.string(), z.unknown()).parse(await import(`${folder}stores/${file}`))
    for (const [name, value] of Object.entries(module)) {
      const store = storeSchema.safeParse(value)
      if (store.success) found.push([name, store.data])
    }
  }
  return found
}

const invoke = vi.fn((_channel: string, _input: unknown): Promise<unknown> => new Promise(() => {}))
const clipboard: string[] = []
const page: { documentElement: { dataset: Record<string, string> } } = { documentElement: { dataset: {} } }

beforeEach(() => {
  vi.stubGlobal('window', { guicang: { invoke, onEvent: () => () => {} } })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', {
    clipboard: {
      writeText: (text: string) => {
        clipboard.push(text)
        return Promise.resolve()
      },
    },
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  clipboard.length = 0
  page.documentElement.dataset = {}
  invoke.mockClear()
})

const secret = 'learned from the vault'

async function fillAll(): Promise<void> {
  for (const [, store] of await allStores()) {
    const data = Object.entries(store.getState()).filter(([, value]) => typeof value !== 'function')
    store.setState(Object.fromEntries(data.map(([key]) => [key, secret])))
  }
  useSessionStore.setState({ path: '/somewhere/a.vault' })
}

describe('a lock', () => {
  test('leaves every store as it was when the window opened', async () => {
    await fillAll()
    forgetSession()
    const stores = await allStores()
    expect(stores.length).toBeGreaterThan(5)
    const left = stores.flatMap(([name, store]) =>
      Object.entries(store.getState())
        .filter(([key, value]) => !isDeepStrictEqual(value, store.getInitialState()[key]))
        .filter(([key]) => !Object.hasOwn(outlives, `${name}.${key}`))
        .map(([key]) => `${name}.${key}`),
    )
    expect(left).toEqual([])
  })

  test('no store lives outside of the folder that is emptied, and none writes to the profile', () => {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) => /from 'zustand/.test(readFileSync(folder + path, 'utf8')))
    expect(sources.filter((path) => !path.startsWith('stores/'))).toEqual([])
  })

  test('empties the clipboard when a clear value was copied, and leaves it alone otherwise', async () => {
    await fillAll()
    forgetSession()
    expect(clipboard).toEqual([])
    await fillAll()
    clearClipboardIn(30_000)
    forgetSession()
    expect(clipboard).toEqual([''])
  })
})

test('a panic blanks the window and empties it before main has answered', async () => {
  await fillAll()
  panicLock()
  expect(page.documentElement.dataset).toHaveProperty('blank')
  expect(useSessionStore.getState().session).toBeUndefined()
  expect(invoke).toHaveBeenCalledWith('vault.lock', { reason: 'panic' }, undefined)
})

test('a stopwatch believes the clock that says more', () => {
  vi.useFakeTimers()
  const elapsed = startStopwatch()
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(20_000)
  expect(elapsed()).toBe(20_000)
  vi.setSystemTime(Date.now() + 7_200_000)
  expect(elapsed()).toBeGreaterThanOrEqual(3_600_000)
})
