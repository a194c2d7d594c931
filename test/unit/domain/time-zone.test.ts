// Clock times of a zone, also where the machine doesn't know it, and of years that need zeros.
import { expect, test } from 'vitest'
import { clockTime, offsetsOf } from '../../../electron/domain/time-zone.ts'

const hour = 3_600_000

test.each([
  ['Asia/Shanghai', '2026-06-01T00:00:00Z', 8 * hour],
  ['Asia/Shanghai', '1988-07-01T00:00:00Z', 9 * hour],
  ['America/New_York', '2026-01-01T00:00:00Z', -5 * hour],
  ['America/New_York', '2026-07-01T00:00:00Z', -4 * hour],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75 * hour],
  ['Etc/UTC', '0100-05-01T00:00:00Z', 0],
  ['No/Such_Zone', '2026-06-01T00:00:00Z', 0],
])('%s at %s is ahead by %d ms', (zone, at, ahead) => {
  expect(offsetsOf(zone)(Date.parse(at))).toBe(ahead)
  expect(offsetsOf(zone)(Date.parse(at) + 999)).toBe(ahead)
})

test.each([
  ['Asia/Shanghai', '2026-05-31T16:00:59Z', '2026-06-01T00:00'],
  ['Etc/UTC', '0100-05-01T23:59:00Z', '0100-05-01T23:59'],
])('a clock in %s at %s shows %s', (zone, at, shown) => {
  expect(clockTime(new Date(at), zone)).toBe(shown)
})
