import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { startStopwatch } from './stopwatch.ts'

/** Counts down whole seconds from the first rendering, and calls `onEnd` once at the end. */
export function useSecondsLeft(seconds: number, onEnd: () => void): number {
  const [left, setLeft] = useState(seconds)
  const end = useRef(onEnd)
  useLayoutEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    const age = startStopwatch()
    const timer = setInterval(() => {
      const now = Math.ceil(seconds - age() / 1000)
      setLeft(Math.max(0, now))
      if (now > 0) return
      clearInterval(timer)
      end.current()
    }, 250)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}
