// What a person fills in for one letter. What the case has is filled in over there, out of sight.
import { Input, Select } from 'antd'
import {
  type LetterField,
  type ListedTemplate,
  type TypedField,
  typedFields,
} from '../../../shared/types/letter.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { Field } from '../../components/Field.tsx'
import { templateName } from './template-words.ts'

export type Typed = Partial<Record<TypedField, string>>

const long: ReadonlySet<TypedField> = new Set(['outcome', 'request', 'progress', 'reasons', 'remedy'])

const forMany: ReadonlySet<TypedField> = new Set([
  'request',
  'answerBy',
  'progress',
  'reasons',
  'remedy',
  'regulatorName',
])

/** The fields of a template that may be typed, needed ones first. */
export function typableOf({ needs, uses }: ListedTemplate): TypedField[] {
  return [...needs, ...uses].flatMap((field) => typedFields.find((one) => one === field) ?? [])
}

/** What of the typed values this template has a place for. */
export function typedOf(template: ListedTemplate, typed: Typed): Typed {
  return Object.fromEntries(
    typableOf(template).flatMap((field) => {
      const text = typed[field] ?? ''
      return text.trim() === '' ? [] : [[field, text]]
    }),
  )
}

interface Props {
  template: ListedTemplate
  missing: readonly LetterField[]
  typed: Typed
  onChange: (typed: Typed) => void
  /** The same letter goes to many: what belongs to one customer or one case isn't asked for. */
  many?: boolean
}

export function LetterFields({ template, missing, typed, onChange, many = false }: Props) {
  const t = useT()
  const fields = typableOf(template)
  // The name is there for nearly every case: asked for only where it isn't, or where somebody has typed one.
  const shown = fields.filter((field) =>
    many
      ? forMany.has(field)
      : field !== 'customerName' || missing.includes(field) || typed.customerName !== undefined,
  )
  if (shown.length === 0) return null
  return (
    <fieldset className="choice">
      <legend className="field-label">{t('letters:fieldsTitle')}</legend>
      {!many && <p className="soft">{t('letters:fieldsHint')}</p>}
      {shown.map((field) => (
        <Field
          key={field}
          label={t(`letters:fields.${field}`)}
          aside={missing.includes(field) ? t('letters:required') : undefined}
        >
          {({ id }) =>
            long.has(field) ? (
              <Input.TextArea
                id={id}
                rows={2}
                maxLength={10_000}
                value={typed[field] ?? ''}
                data-testid={`letter-field-${field}`}
                onChange={(event) => onChange({ ...typed, [field]: event.target.value })}
              />
            ) : (
              <Input
                id={id}
                maxLength={500}
                autoComplete="off"
                value={typed[field] ?? ''}
                data-testid={`letter-field-${field}`}
                onChange={(event) => onChange({ ...typed, [field]: event.target.value })}
              />
            )
          }
        </Field>
      ))}
    </fieldset>
  )
}

interface ChoiceProps {
  id: string
  templates: readonly ListedTemplate[]
  value: string
  onChange: (id: string) => void
}

export function TemplateChoice({ id, templates, value, onChange }: ChoiceProps) {
  const texts = useTexts()
  return (
    <Select
      id={id}
      className="full"
      value={value}
      onChange={onChange}
      data-testid="letter-template"
      options={templates.map((one) => ({ value: one.id, label: templateName(one, texts) }))}
    />
  )
}
