// Who opened which vault last, so that the choice needn't be made again. In memory only: no list of names is left behind.
import { create } from 'zustand'

interface LastPersonState {
  names: Readonly<Record<string, string>>
  set: (path: string, name: string) => void
}

export const useLastPerson = create<LastPersonState>()((set) => ({
  names: {},
  set: (path, name) => set((state) => ({ names: { ...state.names, [path]: name } })),
}))
