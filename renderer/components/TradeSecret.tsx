// Stands where a value is withheld: a trade secret is the owners', and nobody else is offered to ask for it.
import { LockOutlined } from '@ant-design/icons'
import { useT } from '../app/i18n.ts'

export function TradeSecret({ label }: { label?: string }) {
  const t = useT()
  return (
    <span className="soft" data-testid="trade-secret">
      {label !== undefined && `${label} `}
      <LockOutlined aria-hidden="true" /> {t('fields:masks.confidential')}
    </span>
  )
}
