// What was typed in the import wizard, kept when the page is left and resumed. Cells of the user's own file stay in the
// page's state, not here.
import { create } from 'zustand'
import type { AppError } from '../../shared/errors.ts'
import type { ImportResult, Mapping, RecordKind } from '../../shared/types/exchange.ts'

export type ImportStep = 'file' | 'mapping' | 'trial' | 'done'

export interface ImportWizardData {
  step: ImportStep
  path: string
  kind: RecordKind | undefined
  mapping: Mapping | undefined
  sha256: string | undefined
  duplicates: 'keep' | 'skip'
  rejectsPath: string
  trial: ImportResult | undefined
  result: ImportResult | undefined
  /** How the last run ended, when it didn't: shown also to whoever was on another page meanwhile. */
  failure: AppError | undefined
}

const initial: ImportWizardData = {
  step: 'file',
  path: '',
  kind: undefined,
  mapping: undefined,
  sha256: undefined,
  duplicates: 'keep',
  rejectsPath: '',
  trial: undefined,
  result: undefined,
  failure: undefined,
}

interface ImportWizardState extends ImportWizardData {
  set: (patch: Partial<ImportWizardData>) => void
  reset: () => void
}

export const useImportWizard = create<ImportWizardState>()((set) => ({
  ...initial,
  set: (patch) => set(patch),
  reset: () => set(initial),
}))
