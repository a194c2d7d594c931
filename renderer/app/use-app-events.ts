// What main says unasked: progress, locked, identities.
import { useEffect } from 'react'
import { onAppEvent } from '../api/client.ts'
import { useJobs } from '../stores/jobs.ts'
import { forgetSession } from '../stores/lock.ts'
import { useNotice } from '../stores/notice.ts'
import { useSessionStore } from '../stores/session.ts'

/** Keeps the stores in step with main for as long as the window lives. */
export function useAppEvents(): void {
  useEffect(
    () =>
      onAppEvent((event) => {
        switch (event.type) {
          case 'job.progress':
            useJobs.getState().progress(event.progress)
            return
          case 'session.locked':
            forgetSession()
            useNotice.getState().setLocked(event.reason)
            return
          case 'session.identities':
            useSessionStore.getState().setIdentitiesOpen(event.open)
        }
      }),
    [],
  )
}
