// A masked value is a button. Clear values live in this component's state only: gone after 30 s, when the window locks, and
// when the component goes.
import { CopyOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { holdsIdentities } from '../../shared/types/vault.ts'
import { useT } from '../app/i18n.ts'
import { clearClipboardIn } from '../lib/clipboard.ts'
import { startStopwatch } from '../lib/stopwatch.ts'
import { useSessionStore } from '../stores/session.ts'
import { RevealForm } from './RevealForm.tsx'
import { useCopy } from './use-copy.ts'

export const revealSeconds = 30

interface Props {
  label: string
  masked: string
  /** Fetches the clear value; main writes the log entry first. */
  reveal: (reason: string) => Promise<string>
  /** Long texts stand as paragraphs, numbers in the monospaced face. */
  kind?: 'line' | 'text'
  /** Shown on the button in place of the masked value. */
  children?: string
  testId: string
}

interface Revealed {
  value: string
  reason: string
  /** Milliseconds that it has stood. */
  age: () => number
}

export function MaskedValue({ label, masked, reveal, kind = 'line', children, testId }: Props) {
  const t = useT()
  const copy = useCopy()
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState<Revealed>()
  const [left, setLeft] = useState(0)
  const role = useSessionStore((state) => state.session?.role)
  const mayReveal = role !== undefined && holdsIdentities(role)

  // Whoever works by keyboard stays at the value: on its tools while it is shown, on its button again afterwards.
  const tools = useRef<HTMLSpanElement>(null)
  const [backToButton, setBackToButton] = useState(false)
  const hide = useCallback(() => {
    setBackToButton(tools.current?.contains(document.activeElement) ?? false)
    setShown(undefined)
  }, [])
  useEffect(() => {
    if (shown === undefined) return
    const tick = () => {
      const seconds = Math.ceil(revealSeconds - shown.age() / 1000)
      if (seconds <= 0) hide()
      else setLeft(seconds)
    }
    tick()
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [shown, hide])
  useEffect(() => hide, [hide])

  const show = async (reason: string) => {
    const value = await reveal(reason)
    setOpen(false)
    setLeft(revealSeconds)
    setShown({ value, reason, age: startStopwatch() })
  }
  const copyClear = async (revealed: Revealed) => {
    // A copy is a reveal of its own: it is logged before the value reaches the clipboard, and cleared with it.
    const value = await reveal(`${revealed.reason} · ${t('reveal.copySuffix')}`)
    await copy(value)
    clearClipboardIn(revealSeconds * 1000)
  }

  if (shown !== undefined) {
    return (
      <span className={`revealed ${kind}`} data-testid={`${testId}-clear`}>
        <span className={kind === 'line' ? 'revealed-value mono' : 'revealed-value'}>
          {shown.value === '' ? t('reveal.empty') : shown.value}
        </span>
        <span className="revealed-bar" aria-hidden="true">
          <span style={{ width: `${(left / revealSeconds) * 100}%` }} />
        </span>
        <span className="revealed-tools" ref={tools}>
          <span className="figures">{t('reveal.remaining', { n: left })}</span>
          <button type="button" className="link" autoFocus onClick={hide} data-testid={`${testId}-hide`}>
            {t('reveal.hide')}
          </button>
          <button
            type="button"
            className="link"
            onClick={() => void copyClear(shown).catch(hide)}
            data-testid={`${testId}-copy-clear`}
          >
            {t('reveal.copyClear')}
          </button>
        </span>
      </span>
    )
  }
  if (masked === '' && children === undefined) return <span className="soft">—</span>
  // Whoever may not reveal isn't offered it: the masked value is all there is.
  if (!mayReveal && children !== undefined) return null
  return (
    <span className="masked">
      {mayReveal ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          trigger="click"
          placement={kind === 'line' ? 'leftTop' : 'bottomLeft'}
          destroyOnHidden
          // Magnified, there is no room beside the value: the form then lies over it rather than outside the window.
          align={{ overflow: { adjustX: true, adjustY: true, shiftX: true, shiftY: true } }}
          content={<RevealForm label={label} onShow={show} onCancel={() => setOpen(false)} testId={testId} />}
        >
          <button
            type="button"
            className={kind === 'line' ? 'masked-button mono' : 'masked-button'}
            autoFocus={backToButton}
            title={t('reveal.button', { field: label })}
            aria-label={`${children ?? masked} · ${t('reveal.button', { field: label })}`}
            data-testid={testId}
          >
            {children ?? masked}
            <EyeOutlined aria-hidden="true" className="masked-eye" />
          </button>
        </Popover>
      ) : (
        <span className={kind === 'line' ? 'mono' : ''} title={t('reveal.noRight')} data-testid={testId}>
          {masked}
        </span>
      )}
      {children === undefined && (
        <Button
          type="text"
          size="small"
          className="masked-copy"
          icon={<CopyOutlined />}
          aria-label={t('reveal.copyMasked')}
          title={t('reveal.copyMasked')}
          data-testid={`${testId}-copy`}
          onClick={() => void copy(masked)}
        />
      )}
    </span>
  )
}
