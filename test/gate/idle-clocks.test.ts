// Neither setting the clock back nor sleeping prolongs an open vault. The clocks are the fake here: time that the wall
// clock shows and the monotonic one doesn't (sleep, a clock set), and the other way round.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createIdleWatch, type IdleWatch } from '../../electron/gate/idle.ts'
import { GuicangError } from '../../shared/errors.ts'

const minute = 60_000
const times = { lockMs: 10 * minute, identitiesMs: 5 * minute }
let open: boolean
let acts: string[]
let watch: IdleWatch

beforeEach(() => {
  vi.useFakeTimers()
  open = true
  acts = []
  watch = createIdleWatch(times, {
    isOpen: () => open,
    lock: (reason) => {
      open = false
      acts.push(reason)
    },
    closeIdentities: () => {
      acts.push('identities')
      return Promise.resolve()
    },
  })
  watch.touch()
})

afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

/** The wall clock alone moves: forward when the computer slept, backward when somebody set it. */
function moveWallClock(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

describe('while the clocks agree', () => {
  test('identities closes before the vault locks', async () => {
    await vi.advanceTimersByTimeAsync(5 * minute - 10_000)
    expect(acts).toEqual([])
    await vi.advanceTimersByTimeAsync(15_000)
    expect(acts).toContain('identities')
    expect(open).toBe(true)
    await vi.advanceTimersByTimeAsync(5 * minute)
    expect(acts.at(-1)).toBe('idle')
  })

  test('somebody at it keeps both open', async () => {
    for (let round = 0; round < 30; round++) {
      await vi.advanceTimersByTimeAsync(minute)
      watch.touch()
    }
    expect(acts).toEqual([])
  })

  test('a clock that is corrected by half a minute locks nothing', async () => {
    for (const ms of [30_000, -30_000]) {
      moveWallClock(ms)
      await vi.advanceTimersByTimeAsync(10_000)
    }
    expect(acts).toEqual([])
  })
})

describe('when the clocks disagree', () => {
  test('a clock that is set back by an hour locks at once', async () => {
    moveWallClock(-60 * minute)
    await vi.advanceTimersByTimeAsync(5000)
    expect(acts).toEqual(['suspend'])
  })

  test('a clock that is set back little by little gains nothing', async () => {
    for (let round = 0; round < 11 && open; round++) {
      moveWallClock(-50_000)
      await vi.advanceTimersByTimeAsync(minute)
    }
    expect(acts.at(-1)).toBe('idle')
  })

  test('a sleep locks at the next look, whoever was at it before', async () => {
    moveWallClock(8 * 60 * minute)
    await vi.advanceTimersByTimeAsync(5000)
    expect(acts).toEqual(['suspend'])
  })

  test('after a sleep the first call locks, though its timer has not come yet', () => {
    moveWallClock(2 * minute)
    void watch.check()
    watch.touch()
    expect(acts).toEqual(['suspend'])
  })

  test('a process that was stopped is a computer that slept', async () => {
    await vi.advanceTimersByTimeAsync(5000)
    const stopped = Date.now() + 3 * minute
    const steady = performance.now() + 3 * minute
    vi.setSystemTime(stopped)
    const spy = vi.spyOn(performance, 'now').mockReturnValue(steady)
    void watch.check()
    spy.mockRestore()
    expect(acts).toEqual(['suspend'])
  })

  test('short sleeps, each too short to be noticed, add up', async () => {
    for (let round = 0; round < 12 && open; round++) {
      moveWallClock(50_000)
      await vi.advanceTimersByTimeAsync(5000)
    }
    expect(acts).toContain('idle')
  })
})

describe('closing identities', () => {
  test('is tried again while it can not be done, and never twice at once', async () => {
    let tries = 0
    let running = 0
    let most = 0
    watch = createIdleWatch(times, {
      isOpen: () => open,
      lock: () => (open = false),
      closeIdentities: async () => {
        tries += 1
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 12_000))
        running -= 1
        throw new GuicangError('vault.locked')
      },
    })
    watch.touch()
    await vi.advanceTimersByTimeAsync(7 * minute)
    expect(tries).toBeGreaterThan(2)
    expect(most).toBe(1)
  })

  test('is waited for by the call that would use it', async () => {
    moveWallClock(50_000)
    await vi.advanceTimersByTimeAsync(4 * minute + 20_000)
    await watch.check()
    expect(acts.at(-1)).toBe('identities')
  })
})

test('nothing is watched while nothing is open', async () => {
  open = false
  watch.touch()
  moveWallClock(60 * minute)
  await vi.advanceTimersByTimeAsync(20 * minute)
  expect(watch.check()).toBeUndefined()
  expect(acts).toEqual([])
})
