// A value that people set for the vault.
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'

/** Keeps a value under a name, as JSON; inside the transaction of its act. Answers what the log has to vouch for. */
export function keepSetting(context: Context, name: string, value: unknown): ChangedRow {
  const row = context.session.store.records.settings.put({
    name,
    value: JSON.stringify(value),
    at: context.now().toISOString(),
    user: context.session.person.name,
  })
  return { kind: 'setting', row }
}
