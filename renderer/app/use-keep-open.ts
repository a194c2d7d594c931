import { useEffect } from 'react'
import { call } from '../api/client.ts'

/**
 * Writing recovery kits down by hand takes longer than the idle time, and the codes can't be shown twice: while they stand on
 * the screen the session is asked for once a minute, so that it isn't locked under the person's hands.
 */
export function useKeepOpen(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      // A vault that was locked all the same is opened with the passphrase afterwards.
      call('vault.getStatus', {}).catch(() => clearInterval(timer))
    }, 60_000)
    return () => clearInterval(timer)
  }, [active])
}
