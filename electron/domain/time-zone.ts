// Clock times of a time zone. A zone that this machine doesn't know is taken for UTC, so that no deadline is lost for it.

/** Clock times as text, `YYYY-MM-DDTHH:MM:SS`. */
function clockOf(timeZone: string): (instant: Date | number) => string {
  // Swedish writes a time as ISO 8601 does, with a space between date and time, and years before 1000 without zeros.
  const formatOf = (zone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  let format: Intl.DateTimeFormat
  try {
    format = formatOf(timeZone)
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    format = formatOf('UTC')
  }
  return (instant) => format.format(instant).replace(' ', 'T').padStart(19, '0')
}

/** How far clocks are ahead of UTC at an instant, both in milliseconds. */
export type OffsetAt = (instantMs: number) => number

/** @param timeZone an IANA name */
export function offsetsOf(timeZone: string): OffsetAt {
  const clock = clockOf(timeZone)
  return (instantMs) => Date.parse(`${clock(instantMs)}Z`) - Math.floor(instantMs / 1000) * 1000
}

/** What clocks show at an instant, to the minute: `YYYY-MM-DDTHH:MM`. */
export function clockTime(instant: Date, timeZone: string): string {
  return clockOf(timeZone)(instant).slice(0, 16)
}
