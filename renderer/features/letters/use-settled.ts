import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/** The value as it was before the person paused for `ms`: what is asked for while typing waits for the end of a word. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value)
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  // By what it says: an object made anew with each rendering is the same question.
  const key = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(latest.current), ms)
    return () => clearTimeout(timer)
  }, [key, ms])
  return settled
}
