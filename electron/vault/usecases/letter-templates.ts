// Templates: those that come with the program, and the owner's own beside or instead of them.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { Locale } from '../../../shared/types/common.ts'
import type { LetterDocument, ListedTemplate, Template } from '../../../shared/types/letter.ts'
import { composeLetter } from '../../domain/letters/compose.ts'
import { sampleValues } from '../../domain/letters/sample.ts'
import { fieldsOf, parseTemplate } from '../../domain/letters/template.ts'
import { builtInTemplates } from '../../exchange/letters/built-in.ts'
import { type Context, logAct } from '../session.ts'

function listed(template: Template, builtIn: boolean): ListedTemplate {
  return { ...template, builtIn, ...fieldsOf(template) }
}

function ownTemplates(context: Context): Template[] {
  return context.session.store.records.letterTemplates
    .list()
    .filter(({ body }) => body !== '')
    .map(({ body }) => parseTemplate(JSON.parse(body)))
}

/** Every template that a letter can be written from, the program's in their order, the owner's own behind them. */
export function listTemplates(context: Context): Output<'letters.templates'> {
  const own = new Map(ownTemplates(context).map((template) => [`${template.id} ${template.lang}`, template]))
  const items = builtInTemplates().map((template) => {
    const key = `${template.id} ${template.lang}`
    const replaced = own.get(key)
    own.delete(key)
    return replaced === undefined ? listed(template, true) : listed(replaced, false)
  })
  return { items: [...items, ...[...own.values()].map((template) => listed(template, false))] }
}

/** @throws GuicangError `input.invalid` for an id that no template of this language has */
export function requireTemplate(context: Context, id: string, lang: Locale): Template {
  const body = context.session.store.records.letterTemplates.find(id, lang)?.body ?? ''
  if (body !== '') return parseTemplate(JSON.parse(body))
  const found = builtInTemplates().find((template) => template.id === id && template.lang === lang)
  if (found === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'template', rule: 'unknown' }] })
  return found
}

/** @throws GuicangError `template.invalid`, naming part and rule */
export function putTemplate(context: Context, input: Input<'templates.put'>): Output<'templates.put'> {
  const template = parseTemplate(input)
  writeTemplate(context, template.id, template.lang, JSON.stringify(template), 'templates.put')
  return listed(template, false)
}

/** @throws GuicangError `record.notFound` where there is none of one's own */
export function removeTemplate(context: Context, { id, lang }: Input<'templates.remove'>): { ok: true } {
  const there = context.session.store.records.letterTemplates.find(id, lang)
  if (there === undefined || there.body === '') throw new GuicangError('record.notFound')
  writeTemplate(context, id, lang, '', 'templates.removed')
  return { ok: true }
}

function writeTemplate(context: Context, id: string, lang: Locale, body: string, action: string): void {
  const { records } = context.session.store
  const row = { id, lang, body, at: context.now().toISOString(), user: context.session.person.name }
  records.db.transaction(() => {
    const there = records.letterTemplates.find(id, lang)
    // One that was taken away stays as an empty row: numbers of rows that the log vouches for aren't given twice.
    const seq = there?.seq ?? records.letterTemplates.add(row)
    if (there !== undefined) records.letterTemplates.update({ seq, ...row })
    logAct(context, action, id, { lang }, { changed: [{ kind: 'template', row: { seq, ...row } }] })
  })()
}

/** A template that isn't kept yet, with made-up values. @throws GuicangError `template.invalid` */
export function previewTemplate(_context: Context, input: Input<'templates.preview'>): LetterDocument {
  const template = parseTemplate(input)
  return composeLetter(template, sampleValues[template.lang])
}
