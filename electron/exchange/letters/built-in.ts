// The templates that come with the program, as files of data.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GuicangError } from '../../../shared/errors.ts'
import type { Template } from '../../../shared/types/letter.ts'
import { parseTemplate } from '../../domain/letters/template.ts'

let read: readonly Template[] | undefined

/** Every built-in template, by id, Chinese and English; read once. @throws GuicangError `internal` where they are not there */
export function builtInTemplates(): readonly Template[] {
  read ??= readAll()
  return read
}

function readAll(): Template[] {
  const places = [
    '../../../resources/letter-templates/',
    '../resources/letter-templates/',
    '../../resources/letter-templates/',
  ]
  const folder = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path))
  if (folder === undefined)
    throw new GuicangError('internal', { fields: [{ field: 'resources/letter-templates', rule: 'missing' }] })
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => parseTemplate(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}
