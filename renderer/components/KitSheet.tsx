// One recovery kit as a sheet: code, facts, how it is used. Printing shows this sheet and nothing else.
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useLocale, useT } from '../app/i18n.ts'
import { formatInstant } from '../lib/format.ts'
import { groupsOf, recoveryPrefix } from '../lib/recovery-groups.ts'
import { QrCode } from './QrCode.tsx'

interface Props {
  code: string
  /** Stands on the sheet. */
  title: string
  name: string
  /** What the print button says. */
  print: string
  vaultId: string
  company: string
  timeZone: string | undefined
  testId: string
}

export function KitSheet({ code, title, name, print, vaultId, company, timeZone, testId }: Props) {
  const t = useT()
  const locale = useLocale()
  const [showQr, setShowQr] = useState(false)
  const [printing, setPrinting] = useState(false)
  const [madeAt] = useState(() => new Date().toISOString())
  const onPrint = () => {
    // The print style shows only the element with this class; the window's own print dialog blocks until it closes.
    setPrinting(true)
    setTimeout(() => {
      window.print()
      setPrinting(false)
    }, 50)
  }
  return (
    <section className={printing ? 'kit printing' : 'kit'} data-testid={`kit-${testId}`}>
      <header className="kit-head">
        <h3>{title}</h3>
        <strong className="kit-company">{company}</strong>
      </header>
      <div
        className="kit-code mono"
        aria-label={t('vault:create.kitCode')}
        data-testid={`kit-code-${testId}`}
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
        <Button icon={<PrinterOutlined />} onClick={onPrint} data-testid={`kit-print-${testId}`}>
          {print}
        </Button>
        <Button type="text" onClick={() => setShowQr(!showQr)} data-testid={`kit-qr-${testId}`}>
          {showQr ? t('vault:create.qrHide') : t('vault:create.qrShow')}
        </Button>
      </div>
      {showQr && (
        <div className="kit-qr">
          <QrCode text={code} label={name} />
          <p className="warn">{t('vault:create.qrWarning')}</p>
        </div>
      )}
    </section>
  )
}
