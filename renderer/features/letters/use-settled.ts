import { useEffect, useState } from 'react'

/** The value as it was before the person paused for `ms`: what is asked for while typing waits for the end of a word. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
