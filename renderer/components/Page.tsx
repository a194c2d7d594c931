// A page's frame: title, one line of purpose, tools, the one thing.
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'
import { commandKey } from '../app/use-shortcuts.ts'
import { useSearchAll } from '../stores/search-all.ts'
import { useSessionStore } from '../stores/session.ts'
import { Kbd } from './Kbd.tsx'

interface Props {
  title: string
  purpose: string
  tools?: ReactNode
  /** The content fills the page and scrolls by itself (lists). */
  fill?: boolean
  children: ReactNode
}

export function Page({ title, purpose, tools, fill, children }: Props) {
  const t = useT()
  const platform = useSessionStore((state) => state.info?.platform)
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        <p className="page-purpose">{purpose}</p>
        <button
          type="button"
          className="page-keys"
          data-testid="open-search"
          onClick={() => useSearchAll.getState().setOpen(true)}
        >
          {t('search:shortcut')} <Kbd>{commandKey(platform)} K</Kbd>
        </button>
      </header>
      {tools !== undefined && <div className="page-tools">{tools}</div>}
      <div className={fill === true ? 'page-body fill' : 'page-body'}>{children}</div>
    </>
  )
}
