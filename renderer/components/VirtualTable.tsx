// A list of any length: 32 px rows, only the visible ones in the document, keys as in a ledger (↑↓ PgUp PgDn Home End,
// Enter opens, Esc closes). A grid for screen readers, with counts of the whole list.
import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useLocale, useT } from '../app/i18n.ts'
import { formatNumber } from '../lib/format.ts'
import { physicalHeight, toPhysical, toVirtual } from '../lib/scroll-scale.ts'

export const rowHeight = 32

export interface Column<T> {
  key: string
  title: string
  /** A track of CSS grid: `120px`, `minmax(120px, 1fr)`. */
  width: string
  /** Masked values and numbers stand in a monospaced face. */
  mono?: boolean
  align?: 'end'
  render: (row: T) => ReactNode
}

interface Props<T> {
  label: string
  columns: readonly Column<T>[]
  total: number
  rowAt: (index: number) => T | undefined
  onRange: (first: number, last: number) => void
  onOpen: (row: T, index: number) => void
  onEscape?: () => void
  /** Rows can be picked: Space turns one round, Shift with an arrow picks on the way. */
  onPick?: (row: T, how: 'toggle' | 'add') => void
  isPicked?: (row: T) => boolean
  /** The row shown elsewhere on the page. */
  isCurrent?: (row: T) => boolean
  /** The row to come back to: shown, active and focused when the table appears. */
  startAt?: number | undefined
  /** Changes when another list is shown: the table goes back to its top. */
  listKey: string
  testId: string
}

export function VirtualTable<T>(props: Props<T>) {
  const { columns, total, rowAt, onRange, onOpen, testId, listKey } = props
  const t = useT()
  const locale = useLocale()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(props.startAt ?? 0)
  const starting = useRef(props.startAt)
  const [shift, setShift] = useState(0)
  const height = total * rowHeight
  const physical = physicalHeight(height, window.devicePixelRatio)
  const scaled = physical < height

  const viewport = () => Math.max(0, (scroller.current?.clientHeight ?? 0) - rowHeight)
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 1000, height: 600 },
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, scrolling) => {
        const place = toVirtual(offset, height, physical, viewport())
        if (scaled) setShift(offset - place)
        report(place, scrolling)
      }),
    scrollToFn: (offset, options, instance) =>
      elementScroll(toPhysical(offset, height, physical, viewport()), options, instance),
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (total > 0) onRange(first, last)
  }, [first, last, total, onRange, listKey])

  // Where the list is longer than a browser can scroll, a turn of the wheel still moves as many rows as in a short list.
  useEffect(() => {
    const element = scroller.current
    if (element === null || !scaled) return
    let rest = 0
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      rest += (event.deltaY * physical) / height
      const before = element.scrollTop
      element.scrollTop = before + rest
      rest -= element.scrollTop - before
      if (Math.abs(rest) > 1) rest = 0
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [scaled, height, physical])

  const move = useCallback(
    (to: number) => {
      const index = Math.max(0, Math.min(total - 1, to))
      setActive(index)
      const element = scroller.current
      if (element === null) return
      const room = Math.max(rowHeight, element.clientHeight - rowHeight)
      const top = toVirtual(element.scrollTop, height, physical, room)
      const start = index * rowHeight
      if (start < top) element.scrollTop = toPhysical(start, height, physical, room)
      else if (start + rowHeight > top + room) {
        element.scrollTop = toPhysical(start + rowHeight - room, height, physical, room)
      }
    },
    [total, height, physical],
  )

  const mover = useRef(move)
  useLayoutEffect(() => {
    mover.current = move
  })
  useEffect(() => {
    if (starting.current !== undefined) {
      mover.current(starting.current)
      scroller.current?.focus({ preventScroll: true })
      starting.current = undefined
      return
    }
    setActive(0)
    setShift(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [listKey])

  const pick = (indices: readonly number[], how: 'toggle' | 'add') => {
    for (const index of indices) {
      const row = rowAt(index)
      if (row !== undefined) props.onPick?.(row, how)
    }
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor(viewport() / rowHeight) - 1)
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) {
      event.preventDefault()
      if (event.shiftKey && event.key.startsWith('Arrow')) pick([active, to], 'add')
      move(to)
    } else if (event.key === ' ' && props.onPick !== undefined) {
      event.preventDefault()
      pick([active], 'toggle')
    } else if (event.key === 'Enter') {
      // The page that opens may focus a button, which the rest of this key press would press.
      event.preventDefault()
      const row = rowAt(active)
      if (row !== undefined) onOpen(row, active)
    } else if (event.key === 'Escape') props.onEscape?.()
  }

  const template = columns.map((column) => column.width).join(' ')
  return (
    <>
      <div
        ref={scroller}
        className="vtable"
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-multiselectable={props.onPick === undefined ? undefined : true}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={`${id}-${active}`}
        data-testid={testId}
        onKeyDown={onKeyDown}
      >
        <div className="vrow vhead" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div
              key={column.key}
              role="columnheader"
              className={column.align === 'end' ? 'vcell end' : 'vcell'}
            >
              {column.title}
            </div>
          ))}
        </div>
        <div className="vbody" role="rowgroup" style={{ height: physical }}>
          {items.map((item) => {
            const row = rowAt(item.index)
            const current = row !== undefined && (props.isCurrent?.(row) ?? false)
            const picked = row !== undefined && (props.isPicked?.(row) ?? false)
            return (
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={current || picked}
                className={`vrow${item.index === active ? ' active' : ''}${current || picked ? ' current' : ''}`}
                style={{ gridTemplateColumns: template, top: item.start + shift }}
                data-testid={`${testId}-row`}
                onClick={() => {
                  setActive(item.index)
                  if (row !== undefined) onOpen(row, item.index)
                }}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    className={`vcell${column.mono === true ? ' mono' : ''}${column.align === 'end' ? ' end' : ''}`}
                  >
                    {row === undefined ? <span className="vwait" /> : column.render(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      <span className="sr-only" role="status">
        {t('table.position', { n: formatNumber(active + 1, locale), total: formatNumber(total, locale) })}
      </span>
    </>
  )
}
