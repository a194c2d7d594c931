// Whether the one search box stands open.
import { create } from 'zustand'

interface SearchAllState {
  open: boolean
  setOpen: (open: boolean) => void
}

export const useSearchAll = create<SearchAllState>()((set) => ({
  open: false,
  setOpen: (open) => set({ open }),
}))
