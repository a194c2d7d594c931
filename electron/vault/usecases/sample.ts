// The vault to try things with: made-up customers and complaints in both languages, brought in the way a person would.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GuicangError } from '../../../shared/errors.ts'
import type { Context } from '../session.ts'
import { runImport } from './imports.ts'

const files = [
  { name: 'customers.csv', kind: 'customers' },
  { name: 'complaints.csv', kind: 'complaints' },
] as const

/** Path of a sample file, in the source tree or beside the built process. */
export function samplePath(name: string): string {
  const places = ['../../../resources/sample/', '../resources/sample/', '../../resources/sample/']
  const found = places
    .map((place) => fileURLToPath(new URL(place + name, import.meta.url)))
    .find((path) => existsSync(path))
  if (found === undefined)
    throw new GuicangError('file.notFound', {
      fields: [{ field: 'resources/sample', rule: 'missing', value: name }],
    })
  return found
}

export async function fillSample(context: Context): Promise<{ ok: true }> {
  for (const { name, kind } of files) {
    await runImport(context, { path: samplePath(name), kind, dryRun: false, duplicates: 'keep' })
  }
  return { ok: true }
}
