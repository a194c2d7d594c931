// One box over everything, by Ctrl/Cmd-K. A combobox with a grouped list (WAI-ARIA): the focus stays in the field, ↑↓ move, Enter opens,
// Esc closes. What is found is masked; where it matches is marked by ranges.
import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal } from 'antd'
import { useEffect, useId, useState } from 'react'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useIdentitiesOpen, useSessionStore } from '../../stores/session.ts'
import { go, type ShellRoute } from '../../stores/navigation.ts'
import { useSearchAll } from '../../stores/search-all.ts'
import { type Group, useGroups } from './groups.ts'
import { HitRow } from './HitRow.tsx'
import { useSearch } from './use-search.ts'

export function SearchAll() {
  const t = useT()
  const open = useSearchAll((state) => state.open)
  const setOpen = useSearchAll((state) => state.setOpen)
  return (
    <Modal
      open={open}
      onCancel={() => setOpen(false)}
      footer={null}
      destroyOnHidden
      width={680}
      style={{ top: 64 }}
      className="search-all"
      title={t('search:title')}
      closable={{ 'aria-label': t('actions.close') }}
    >
      <Box onClose={() => setOpen(false)} />
    </Modal>
  )
}

function Box({ onClose }: { onClose: () => void }) {
  const t = useT()
  const id = useId()
  const [query, setQuery] = useState('')
  const { hits, refused, searching, error } = useSearch(query)
  const groups = useGroups(query, hits)
  const flat = groups.flatMap((group) => group.hits)
  const [active, setActive] = useState(0)
  const at = Math.min(active, Math.max(0, flat.length - 1))
  useEffect(() => {
    document.getElementById(`${id}-hit-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  const openHit = (route: ShellRoute | undefined) => {
    if (route === undefined) return
    onClose()
    go(route)
  }
  // Enter while the answer isn't there yet: what stands there answers the question before. It opens when it has come.
  const [entered, setEntered] = useState(false)
  useEffect(() => {
    if (entered && !searching) openHit(flat[at]?.route)
  })
  const said =
    query.trim() === '' ? '' : searching ? t('search:searching') : t('search:found', { n: flat.length })
  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-label={t('search:label')}
        aria-expanded={flat.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={flat.length > 0 ? `${id}-hit-${at}` : undefined}
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={t('search:label')}
        value={query}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        data-testid="search-all"
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
          setEntered(false)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            const step = event.key === 'ArrowDown' ? 1 : -1
            if (flat.length > 0) setActive((at + step + flat.length) % flat.length)
            setEntered(false)
          } else if (event.key === 'Enter') {
            event.preventDefault()
            setEntered(true)
          }
        }}
      />
      {refused && (
        <p className="notice-bar" role="status" data-testid="search-all-refused">
          {t('search:denied')}
        </p>
      )}
      <div id={`${id}-list`} className="search-list" role="listbox" aria-label={t('search:title')}>
        {groups.map((group) => (
          <GroupRows
            key={group.name}
            id={id}
            group={group}
            start={flat.findIndex((hit) => hit === group.hits[0])}
            active={at}
            onHover={setActive}
            onOpen={openHit}
          />
        ))}
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      {query.trim() !== '' && !searching && flat.length === 0 && !refused && error === undefined && (
        <p className="soft" data-testid="search-all-nothing">
          {t('search:nothing')}
        </p>
      )}
      <Foot said={said} />
    </>
  )
}

function GroupRows(props: {
  id: string
  group: Group
  start: number
  active: number
  onHover: (at: number) => void
  onOpen: (route: ShellRoute) => void
}) {
  const t = useT()
  const { id, group, start, active } = props
  const label = t(`search:groups.${group.name}`)
  return (
    <div role="group" aria-label={label} data-testid={`search-group-${group.name}`}>
      <div className="search-group" aria-hidden="true">
        {label}
      </div>
      {group.hits.map((hit, index) => {
        const at = start + index
        return (
          <div
            key={hit.key}
            id={`${id}-hit-${at}`}
            role="option"
            aria-selected={at === active}
            className={at === active ? 'search-hit active' : 'search-hit'}
            data-testid="search-hit"
            onMouseMove={() => props.onHover(at)}
            onClick={() => props.onOpen(hit.route)}
          >
            <HitRow hit={hit} />
          </div>
        )
      })}
    </div>
  )
}

/** What was searched, always true; and the keys. */
function Foot({ said }: { said: string }) {
  const t = useT()
  const open = useIdentitiesOpen()
  const role = useSessionStore((state) => state.session?.role)
  const words = open
    ? t('search:identities')
    : role !== undefined && holdsIdentities(role)
      ? t('search:records')
      : t('search:reviewer')
  return (
    <div className="search-foot">
      <span data-testid="search-all-searched">{words}</span>
      <span>
        <span role="status">{said}</span> {t('search:hint')}
      </span>
    </div>
  )
}
