// An error of an act that needs identities: when it is closed, it can be opened right here, and the act tried again.
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { useT } from '../app/i18n.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { OpenIdentities } from './OpenIdentities.tsx'

interface Props {
  error: AppError
  /** Called once identities is open: the error is about something that is no longer so. */
  onOpened: () => void
  children?: ReactNode
}

export function ActionError({ error, onOpened, children }: Props) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  return (
    <ErrorNotice error={error}>
      {children}
      {error.code === 'identities.closed' && (
        <p>
          <Button size="small" onClick={() => setAsking(true)} data-testid="error-open-identities">
            {t('masked.open')}
          </Button>
        </p>
      )}
      <OpenIdentities open={asking} onClose={() => setAsking(false)} onOpened={onOpened} />
    </ErrorNotice>
  )
}
