// What was being looked for in the long lists, so that coming back from a case finds the list as it was left. It may hold a
// name that somebody typed: emptied at each lock.
import { create } from 'zustand'
import type { ComplaintQueue, ComplaintSort, ComplaintStatus } from '../../shared/types/complaint.ts'

interface ListsData {
  customers: { query: string }
  complaints: {
    query: string
    status: ComplaintStatus | undefined
    category: string | undefined
    queue: ComplaintQueue | undefined
    /** Id of a person. */
    assignee: string | undefined
    severity: 'low' | 'medium' | 'high' | undefined
    sort: ComplaintSort
    /** The row that was opened last, from 0. */
    row: number | undefined
  }
}

const initial: ListsData = {
  customers: { query: '' },
  complaints: {
    query: '',
    status: undefined,
    category: undefined,
    queue: undefined,
    assignee: undefined,
    severity: undefined,
    sort: 'received',
    row: undefined,
  },
}

interface ListsState extends ListsData {
  setCustomers: (patch: Partial<ListsData['customers']>) => void
  setComplaints: (patch: Partial<ListsData['complaints']>) => void
  reset: () => void
}

export const useLists = create<ListsState>()((set) => ({
  ...initial,
  setCustomers: (patch) => set((state) => ({ customers: { ...state.customers, ...patch } })),
  setComplaints: (patch) => set((state) => ({ complaints: { ...state.complaints, ...patch } })),
  reset: () => set(initial),
}))
