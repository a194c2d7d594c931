/**
 * Answers the milliseconds since now, by whichever clock says more: the wall clock can be set back, and the monotonic one
 * stands still while some systems sleep. Neither may keep a value on the screen or a vault open for longer.
 */
export function startStopwatch(): () => number {
  const wall = Date.now()
  const steady = performance.now()
  return () => Math.max(Date.now() - wall, performance.now() - steady)
}
