// Why the unlock screen is being shown.
import { create } from 'zustand'
import type { AppEvent } from '../../shared/events.ts'

export type LockReason = Extract<AppEvent, { type: 'session.locked' }>['reason']

interface NoticeState {
  locked: LockReason | undefined
  setLocked: (locked: LockReason | undefined) => void
}

export const useNotice = create<NoticeState>()((set) => ({
  locked: undefined,
  setLocked: (locked) => set({ locked }),
}))
