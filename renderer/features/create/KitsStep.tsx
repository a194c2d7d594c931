// The two recovery kits, shown once. Printing shows one kit and nothing else.
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useLocale, useT } from '../../app/i18n.ts'
import { QrCode } from '../../components/QrCode.tsx'
import { formatInstant } from '../../lib/format.ts'
import { groupsOf, recoveryPrefix } from '../../lib/recovery-groups.ts'

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
          <Kit
            key={code}
            code={code}
            number={index + 1}
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

interface KitProps {
  code: string
  number: number
  vaultId: string
  company: string
  timeZone: string | undefined
}

function Kit({ code, number, vaultId, company, timeZone }: KitProps) {
  const t = useT()
  const locale = useLocale()
  const [showQr, setShowQr] = useState(false)
  const [printing, setPrinting] = useState(false)
  const [madeAt] = useState(() => new Date().toISOString())
  const print = () => {
    // The print style shows only the element with this class; the window's own print dialog blocks until it closes.
    setPrinting(true)
    setTimeout(() => {
      window.print()
      setPrinting(false)
    }, 50)
  }
  return (
    <section className={printing ? 'kit printing' : 'kit'} data-testid={`kit-${number}`}>
      <header className="kit-head">
        <h3>{t('vault:create.kitOf', { n: number })}</h3>
        <strong className="kit-company">{company}</strong>
      </header>
      <div
        className="kit-code mono"
        aria-label={t('vault:create.kitCode')}
        data-testid={`kit-code-${number}`}
      >
        <span className="kit-prefix">{recoveryPrefix}</span>
        {groupsOf(code).map((group, index) => (
          <span key={index} className="kit-group">
            <small aria-hidden="true">{index + 1}</small>
            <span>{group}</span>
          </span>
        ))}
      </div>
      <dl className="kit-facts">
        <dt>{t('vault:create.kitVaultId')}</dt>
        <dd className="mono">{vaultId}</dd>
        <dt>{t('vault:create.kitDate')}</dt>
        <dd>{formatInstant(madeAt, locale, timeZone)}</dd>
      </dl>
      <p className="print-only">{t('vault:create.kitHow')}</p>
      <p className="print-only">{t('vault:create.kitStock')}</p>
      <p className="kit-keep">{t('vault:create.kitKeep')}</p>
      <div className="kit-tools no-print">
        <Button icon={<PrinterOutlined />} onClick={print} data-testid={`kit-print-${number}`}>
          {t('vault:create.printKit', { n: number })}
        </Button>
        <Button type="text" onClick={() => setShowQr(!showQr)} data-testid={`kit-qr-${number}`}>
          {showQr ? t('vault:create.qrHide') : t('vault:create.qrShow')}
        </Button>
      </div>
      {showQr && (
        <div className="kit-qr">
          <QrCode text={code} label={t('vault:create.kit', { n: number })} />
          <p className="warn">{t('vault:create.qrWarning')}</p>
        </div>
      )}
    </section>
  )
}
