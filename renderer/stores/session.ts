// Which vault is open and who is in it. Never a clear value, never a passphrase.
import { useState } from 'react'
import { create } from 'zustand'
import type { Output } from '../../shared/contract/index.ts'
import type { Session } from '../../shared/types/vault.ts'
import { call } from '../api/client.ts'
import { parentFolder } from '../lib/paths.ts'

export type AppInfo = Output<'app.getInfo'>

interface SessionState {
  info: AppInfo | undefined
  path: string | undefined
  sample: boolean
  session: Session | undefined
  setInfo: (info: AppInfo) => void
  open: (path: string, session: Session, sample?: boolean) => void
  update: (session: Session) => void
  setIdentitiesOpen: (open: boolean) => void
  close: () => void
}

export const useSessionStore = create<SessionState>()((set) => ({
  info: undefined,
  path: undefined,
  sample: false,
  session: undefined,
  setInfo: (info) => set({ info }),
  open: (path, session, sample = false) => set({ path, session, sample }),
  update: (session) => set((state) => (state.session === undefined ? {} : { session })),
  setIdentitiesOpen: (open) =>
    set((state) => {
      if (state.session === undefined) return {}
      const compartments = state.session.compartments.filter((name) => name !== 'identities')
      return {
        session: { ...state.session, compartments: open ? [...compartments, 'identities'] : compartments },
      }
    }),
  // The path stays: the unlock screen offers the vault that was just locked.
  close: () => set({ session: undefined, sample: false }),
}))

/** Where files that are saved go at first: beside the vault; a sample's folder ends with its session, so there it is the home folder. */
export function useSaveFolder(): string {
  return useSessionStore(({ info, path, sample }) => {
    const beside = sample ? '' : parentFolder(path ?? '')
    return beside === '' ? (info?.homeFolder ?? '') : beside
  })
}

/** Whether clear values can be asked for without a passphrase just now. */
export function useIdentitiesOpen(): boolean {
  return useSessionStore((state) => state.session?.compartments.includes('identities') ?? false)
}

/**
 * Forgets what a page learned while identities was open, as soon as it closes: opening it again must show nothing that
 * nobody gave a reason for. Done while rendering, so that no picture of the closed state has it.
 */
export function useForgetAtClosing(forget: () => void): void {
  const open = useIdentitiesOpen()
  const [wasOpen, setWasOpen] = useState(open)
  if (wasOpen === open) return
  setWasOpen(open)
  if (!open) forget()
}

/** Asks the vault again for what the status line and the navigation show. */
export async function refreshSession(): Promise<void> {
  useSessionStore.getState().update(await call('vault.getStatus', {}))
}
