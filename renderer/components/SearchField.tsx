import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { pageSearchId } from '../app/use-shortcuts.ts'

interface Props {
  label: string
  value: string
  /** Called 300 ms after the last key. */
  onSearch: (query: string) => void
  testId: string
  /** Of a field beside the page's own one. */
  id?: string
}

/** The page's search field. */
export function SearchField({ label, value, onSearch, testId, id = pageSearchId }: Props) {
  const [text, setText] = useState(value)
  // Cleared from outside (filters taken back): the field follows. While typing it is ahead of `value`.
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    if (value === '') setText('')
  }
  useEffect(() => {
    const query = text.trim()
    if (query === value) return
    const timer = setTimeout(() => onSearch(query), 300)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])
  return (
    <Input
      id={id}
      className="search-field"
      type="search"
      prefix={<SearchOutlined aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={text}
      maxLength={200}
      allowClear
      autoComplete="off"
      spellCheck={false}
      data-testid={testId}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' && !event.nativeEvent.isComposing) {
          // Down into what was found: the page's list, or the few rows under the field.
          const near = event.currentTarget.closest('.picker') ?? document
          const target = near.querySelector<HTMLElement>('.vtable, .mini-row')
          if (target === null) return
          event.preventDefault()
          target.focus()
        }
        if (event.key === 'Escape') {
          setText('')
          onSearch('')
        }
      }}
    />
  )
}
