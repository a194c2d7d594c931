// What a template is called, and what is wrong with one, in words.
import type { AppError } from '../../../shared/errors.ts'
import { codeText, type Texts } from '../../../shared/locales/index.ts'
import type { LetterField, ListedTemplate } from '../../../shared/types/letter.ts'

/** A template's name: the program's by their own, any other by its heading. */
export function templateName({ id, title, builtIn }: ListedTemplate, texts: Texts): string {
  const name = codeText(texts.letters.names, id)
  if (name !== undefined) return name
  return builtIn ? id : title.replaceAll(/\{\{\w+\}\}/gu, '…')
}

/** Which part of a template is refused, and why. */
export function templateFaults(error: AppError, texts: Texts): string[] {
  const { letters } = texts
  return (error.fields ?? []).map(({ field, rule, value }) => {
    const number = /^paragraphs\.(\d+)/u.exec(field)?.[1]
    const part =
      number === undefined
        ? (codeText({ title: letters.partTitle, id: letters.id, lang: letters.language }, field) ?? field)
        : letters.paragraph.replace('{{n}}', number)
    const named = value === undefined ? '' : ` {{${value}}}`
    return `${part}${named}: ${codeText(letters.rules, rule) ?? rule}`
  })
}

/** Names of fields, as a list. */
export function fieldNames(fields: readonly LetterField[], texts: Texts, separator: string): string {
  return fields.map((field) => texts.letters.fields[field]).join(separator)
}
