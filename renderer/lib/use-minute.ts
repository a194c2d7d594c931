import { useEffect, useState } from 'react'

const minuteMs = 60_000
const now = (): string => new Date().toISOString().slice(0, 16)

/** The present minute, UTC, `YYYY-MM-DDTHH:mm`; renders anew with each. */
export function useMinute(): string {
  const [minute, setMinute] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setMinute(now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  return minute
}
