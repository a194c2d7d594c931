// A page's frame: title, one line of purpose, tools, the one thing.
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'
import { commandKey } from '../app/use-shortcuts.ts'
import { useSessionStore } from '../stores/session.ts'
import { Kbd } from './Kbd.tsx'

interface Props {
  title: string
  purpose: string
  tools?: ReactNode
  /** The page has a search field that the shortcut reaches. */
  searchable?: boolean
  /** The content fills the page and scrolls by itself (lists). */
  fill?: boolean
  children: ReactNode
}

export function Page({ title, purpose, tools, searchable, fill, children }: Props) {
  const t = useT()
  const platform = useSessionStore((state) => state.info?.platform)
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        <p className="page-purpose">{purpose}</p>
        {searchable === true && (
          <span className="page-keys">
            {t('shortcuts.search')} <Kbd>{commandKey(platform)} K</Kbd>
          </span>
        )}
      </header>
      {tools !== undefined && <div className="page-tools">{tools}</div>}
      <div className={fill === true ? 'page-body fill' : 'page-body'}>{children}</div>
    </>
  )
}
