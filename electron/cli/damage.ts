// Damage that keeps a vault from opening is what a check was asked for: a finding on stdout, not a refusal.
import { GuicangError } from '../../shared/errors.ts'
import type { CheckFinding } from '../../shared/types/vault.ts'

const damage: ReadonlySet<string> = new Set(['vault.damaged', 'vault.incomplete'])

/** The findings that an error stands for. Throws it again when it is no damage. */
export function damageFindings(thrown: unknown): CheckFinding[] {
  if (!(thrown instanceof GuicangError) || !damage.has(thrown.code)) throw thrown
  const { code, fields = [] } = thrown
  const places = fields.length === 0 ? [{ field: 'vault', rule: '' }] : fields
  return places.map(({ field, rule }) => ({ code, where: field, detail: rule }))
}
