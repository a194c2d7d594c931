import type { ReactNode } from 'react'

/** What this is, and the one first step. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="empty" data-testid="empty-state">
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}
