import { Input } from 'antd'
import type { ComponentProps, ReactNode } from 'react'
import { Field } from './Field.tsx'

type InputProps = Pick<
  ComponentProps<typeof Input>,
  'disabled' | 'placeholder' | 'autoFocus' | 'inputMode' | 'maxLength'
>

interface Props extends InputProps {
  label: string
  value: string
  onChange: (text: string) => void
  testId: string
  hint?: ReactNode
  error?: string | undefined
  /** Several lines, so many to begin with. */
  rows?: number
}

/** As long as a line of a form may be; the gate has the last word. */
const lineLength = 500

/** A labelled text, one line or several. What is typed isn't offered again by the browser. */
export function TextField({ label, value, onChange, testId, hint, error, rows, ...rest }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy }) => {
        const shared = { id, value, 'aria-describedby': describedBy, 'data-testid': testId }
        const change = (event: { target: { value: string } }) => onChange(event.target.value)
        return rows === undefined ? (
          <Input {...shared} maxLength={lineLength} autoComplete="off" {...rest} onChange={change} />
        ) : (
          <Input.TextArea
            {...shared}
            rows={rows}
            {...(rest.disabled === undefined ? {} : { disabled: rest.disabled })}
            {...(rest.placeholder === undefined ? {} : { placeholder: rest.placeholder })}
            {...(rest.autoFocus === undefined ? {} : { autoFocus: rest.autoFocus })}
            onChange={change}
          />
        )
      }}
    </Field>
  )
}
