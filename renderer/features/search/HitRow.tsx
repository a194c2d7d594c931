// One line of what was found. Marks are ranges: the text itself is never read as markup.
import type { ReactNode } from 'react'
import type { Marked } from '../../../shared/contract/search.ts'
import type { Hit } from './groups.ts'

function withMarks({ text, marks }: Marked): ReactNode[] {
  const parts: ReactNode[] = []
  let done = 0
  for (const [from, to] of marks) {
    parts.push(text.slice(done, from), <mark key={from}>{text.slice(from, to)}</mark>)
    done = to
  }
  parts.push(text.slice(done))
  return parts
}

export function HitRow({ hit }: { hit: Hit }) {
  return (
    <>
      {hit.code !== undefined && <span className="mono">{withMarks(hit.code)}</span>}
      <span className="search-text">{withMarks(hit.text)}</span>
      {hit.aside !== '' && <span className="soft">{hit.aside}</span>}
    </>
  )
}
