// Chromium clips elements at 2^25 device pixels. A longer list gets a shorter scrolling height, and its scroll position is
// stretched to the rows: 1,000,000 rows at 200 % zoom are all reachable.

const deviceLimit = 30_000_000

/** Height in CSS pixels that the scrolling element really gets for a list of `height` CSS pixels. */
export function physicalHeight(height: number, devicePixelRatio: number): number {
  return Math.min(height, Math.floor(deviceLimit / Math.max(1, devicePixelRatio)))
}

/** Where in the list a scroll position stands. */
export function toVirtual(scrollTop: number, height: number, physical: number, viewport: number): number {
  if (physical >= height) return scrollTop
  const room = physical - viewport
  return room <= 0 ? 0 : (scrollTop / room) * (height - viewport)
}

/** The scroll position of a place in the list. */
export function toPhysical(offset: number, height: number, physical: number, viewport: number): number {
  if (physical >= height) return offset
  const room = height - viewport
  return room <= 0 ? 0 : (offset / room) * (physical - viewport)
}
