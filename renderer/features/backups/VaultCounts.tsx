import type { Session } from '../../../shared/types/vault.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatNumber } from '../../lib/format.ts'

const kinds = ['customers', 'complaints', 'attachments', 'auditEntries'] as const

/** How much a vault holds, in numbers. */
export function VaultCounts({ counts }: { counts: Session['counts'] }) {
  const t = useT()
  const locale = useLocale()
  return (
    <p className="import-numbers" data-testid="vault-counts">
      {kinds
        .map((kind) => `${t(`backups:counts.${kind}`)} ${formatNumber(counts[kind], locale)}`)
        .join(' · ')}
    </p>
  )
}
