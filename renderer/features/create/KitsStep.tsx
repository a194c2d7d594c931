// The two recovery kits, shown once.
import { Button } from 'antd'
import { useT } from '../../app/i18n.ts'
import { KitSheet } from '../../components/KitSheet.tsx'

interface Props {
  codes: readonly string[]
  vaultId: string
  company: string
  timeZone: string | undefined
  onDone: () => void
}

export function KitsStep({ codes, vaultId, company, timeZone, onDone }: Props) {
  const t = useT()
  return (
    <div className="stack">
      <div className="no-print">
        <p className="good-word" role="status" data-testid="create-done">
          {t('vault:create.created', { company })}
        </p>
        <h2>{t('vault:create.kitsTitle')}</h2>
        <p>{t('vault:create.kitsLead')}</p>
      </div>
      <div className="kits">
        {codes.map((code, index) => (
          <KitSheet
            key={code}
            code={code}
            title={t('vault:create.kitOf', { n: index + 1 })}
            name={t('vault:create.kit', { n: index + 1 })}
            print={t('vault:create.printKit', { n: index + 1 })}
            testId={String(index + 1)}
            vaultId={vaultId}
            company={company}
            timeZone={timeZone}
          />
        ))}
      </div>
      <p className="soft no-print">{t('vault:create.leaveText')}</p>
      <div className="wizard-foot no-print">
        <Button type="primary" onClick={onDone} data-testid="kits-next">
          {t('vault:create.kitsNext')}
        </Button>
      </div>
    </div>
  )
}
