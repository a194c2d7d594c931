// A value that people set for the vault.
import type { z } from 'zod'
import type { ChangedRow } from '../audit/log.ts'
import type { Context, VaultSession } from '../session.ts'

/** Reads what is kept under a name, an empty object where nothing is; parsed again only when it has changed. */
export function settingReader<T>(
  name: string,
  schema: z.ZodType<T>,
): (context: Pick<Context, 'session'>) => T {
  const read = new WeakMap<VaultSession, { text: string; value: T }>()
  return ({ session }) => {
    const text = session.store.records.settings.find(name) ?? '{}'
    const known = read.get(session)
    if (known?.text === text) return known.value
    const value = schema.parse(JSON.parse(text))
    read.set(session, { text, value })
    return value
  }
}

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
