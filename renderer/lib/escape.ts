import type { KeyboardEvent } from 'react'

/**
 * Whether Escape was meant for this element: not for a field that somebody types in, not for a list or dialog that was opened
 * from here (a React child, but elsewhere in the document), and nobody has answered it yet.
 */
export function isOwnEscape(event: KeyboardEvent): boolean {
  const { key, target, currentTarget, defaultPrevented } = event
  if (key !== 'Escape' || defaultPrevented || !(target instanceof Element)) return false
  return currentTarget.contains(target) && !target.matches('input, textarea')
}
