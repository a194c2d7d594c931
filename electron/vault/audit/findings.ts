// What a check has found so far.
import type { CheckFinding } from '../../../shared/types/vault.ts'

/** More findings than this say nothing new. */
const mostFindings = 1000

export class Findings {
  readonly list: CheckFinding[] = []

  add(code: string, where: string, detail: string): void {
    if (this.list.length < mostFindings) this.list.push({ code, where, detail })
  }
}
