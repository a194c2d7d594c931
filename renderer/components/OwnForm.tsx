import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<'form'>, 'onSubmit'> {
  /** Whether Enter does anything. */
  ready?: boolean
  onSubmit: () => void
}

/**
 * A form whose submission is its own. React lets it rise through dialogs to the form that they were opened from: without this,
 * the reason for a reveal would send the letter around it.
 */
export function OwnForm({ ready = true, onSubmit, children, ...rest }: Props) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (ready) onSubmit()
      }}
    >
      {children}
    </form>
  )
}
