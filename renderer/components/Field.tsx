import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  hint?: ReactNode
  /** Stands at the end of the label's line. */
  aside?: string | undefined
  error?: string | undefined
  /** Gets the id that the label points to, and the id of hint and error. */
  children: (ids: { id: string; describedBy: string }) => ReactNode
  className?: string
}

/** Label above, field, hint or error below, tied together for screen readers. */
export function Field({ label, hint, aside, error, children, className = '' }: Props) {
  const id = useId()
  const describedBy = `${id}-hint`
  return (
    <div className={`field ${className}`}>
      <div className="field-top">
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        {aside !== undefined && <span className="field-aside">{aside}</span>}
      </div>
      {children({ id, describedBy })}
      <div className={error === undefined ? 'field-hint' : 'field-error'} id={describedBy}>
        {error ?? hint}
      </div>
    </div>
  )
}
