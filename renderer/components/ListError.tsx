import type { AppError } from '../../shared/errors.ts'
import { useT } from '../app/i18n.ts'
import { ErrorNotice } from './ErrorNotice.tsx'

interface Props {
  error: AppError
  query: string
  onRetry: () => void
}

/** Why a list couldn't be had; a search for a clear value by a role without identities is answered with a plain sentence. */
export function ListError({ error, query, onRetry }: Props) {
  const t = useT()
  if (query !== '' && error.code === 'access.denied') {
    return (
      <p className="notice-bar" role="status" data-testid="search-refused">
        {t('searched.refused')}
      </p>
    )
  }
  return <ErrorNotice error={error} onRetry={onRetry} />
}
