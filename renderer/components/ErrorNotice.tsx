// What happened, what is safe, what to do next; the code small and copyable.
import { CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { errorText } from '../../shared/locales/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { useLocale, useT } from '../app/i18n.ts'
import { useCopy } from './use-copy.ts'
import { listSeparator } from '../lib/format.ts'

interface Props {
  error: AppError
  /** Shown as a retry button. */
  onRetry?: () => void
  /** More advice for this place. */
  children?: ReactNode
}

export function ErrorNotice({ error, onRetry, children }: Props) {
  const t = useT()
  const locale = useLocale()
  const copy = useCopy()
  const text = errorText(locale, error.code)
  // In a file the places are columns and rows of the person's own; elsewhere they are names for programmers.
  const places = error.code.startsWith('import.')
    ? (error.fields ?? [])
        .slice(0, 5)
        .map((one) => (one.row === undefined ? one.field : `${one.field} ${t('error.row', { n: one.row })}`))
    : []
  const reference = error.ref === '' ? error.code : `${error.code} · ${error.ref}`
  // An answer below the fold is no answer. (In braces: newer browsers return a promise, which is no clean-up.)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  const asked = error.code === 'job.cancelled'
  return (
    <div
      ref={box}
      className={asked ? 'error-notice asked' : 'error-notice'}
      role="alert"
      data-testid="error-notice"
      data-code={error.code}
    >
      <p className="error-what">{text.what}</p>
      <p>{text.safe}</p>
      <p>{text.next}</p>
      {places.length > 0 && (
        <p>
          {t('error.fields')} {places.join(listSeparator(locale))}
        </p>
      )}
      {children}
      <p className="error-foot">
        {onRetry !== undefined && (
          <Button size="small" onClick={onRetry} data-testid="error-retry">
            {t('actions.retry')}
          </Button>
        )}
        <span className="error-code">
          {t('error.reference')} <code>{reference}</code>
        </span>
        <Button
          type="text"
          size="small"
          icon={<CopyOutlined />}
          aria-label={t('actions.copy')}
          onClick={() => void copy(reference)}
        />
      </p>
    </div>
  )
}
