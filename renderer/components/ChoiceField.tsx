import { Select } from 'antd'
import { Field } from './Field.tsx'

interface Props<T extends string> {
  label: string
  value: T | null
  options: readonly T[]
  word: (option: T) => string
  onChange: (value: T | null) => void
  testId: string
  /** Shown where nothing is chosen; without it, something always is. */
  empty?: string
  autoFocus?: boolean
}

/** A labelled choice from a short list. */
export function ChoiceField<T extends string>(props: Props<T>) {
  const { label, value, options, word, onChange, testId, empty, autoFocus = false } = props
  return (
    <Field label={label}>
      {({ id }) => (
        <Select<T | null>
          id={id}
          className="full"
          allowClear={empty !== undefined}
          autoFocus={autoFocus}
          placeholder={empty ?? ''}
          value={value}
          onChange={(chosen) => onChange(chosen ?? null)}
          data-testid={testId}
          options={options.map((option) => ({ value: option, label: word(option) }))}
        />
      )}
    </Field>
  )
}
