// Why the unlock screen is being shown.
import { create } from 'zustand'
import type { LockReason } from '../../shared/events.ts'

interface NoticeState {
  locked: LockReason | undefined
  setLocked: (locked: LockReason | undefined) => void
}

export const useNotice = create<NoticeState>()((set) => ({
  locked: undefined,
  setLocked: (locked) => set({ locked }),
}))
