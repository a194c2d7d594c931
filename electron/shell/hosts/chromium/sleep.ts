// The browser tells nobody that the computer slept. The wall clock does: it jumps.

const checkEveryMs = 5000
const jumpMs = 60_000

/**
 * Calls `onWake` when more than a minute of wall time is missing between two checks: the computer slept, or was stopped.
 * A clock that was set forward looks the same; the lock that follows does no harm. Answers how to stop.
 */
export function watchForSleep(onWake: () => void): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    if (now - last > checkEveryMs + jumpMs) onWake()
    last = now
  }, checkEveryMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}
