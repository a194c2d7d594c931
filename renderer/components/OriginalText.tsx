import { useT } from '../app/i18n.ts'
import { hasPlaceholder } from '../lib/placeholders.ts'
import { MaskedValue } from './MaskedValue.tsx'

interface Props {
  /** As everybody sees it. */
  shown: string
  /** Whether what was typed is kept. */
  original: boolean
  reveal: (reason: string) => Promise<string>
  testId: string
}

/** A way to what was typed, where something of it was taken out. */
export function OriginalText({ shown, original, reveal, testId }: Props) {
  const t = useT()
  if (!original || !hasPlaceholder(shown)) return null
  return (
    <MaskedValue label={t('complaints:original')} masked={shown} kind="text" reveal={reveal} testId={testId}>
      {t('complaints:original')}
    </MaskedValue>
  )
}
