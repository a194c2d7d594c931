// A counter that every list depends on: whoever writes bumps it, whoever shows asks again.
import { create } from 'zustand'

interface DataState {
  version: number
  bump: () => void
}

export const useDataStore = create<DataState>()((set) => ({
  version: 0,
  bump: () => set((state) => ({ version: state.version + 1 })),
}))
