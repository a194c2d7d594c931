// What leaves: kind, masked or clear, where to. And checking a bag that came from elsewhere.
import { useState } from 'react'
import type { ExportResult } from '../../../shared/types/exchange.ts'
import { useT } from '../../app/i18n.ts'
import { BagCheck } from '../../components/BagCheck.tsx'
import { Page } from '../../components/Page.tsx'
import { ExportDone } from './ExportDone.tsx'
import { ExportForm } from './ExportForm.tsx'

export function ExportsPage() {
  const t = useT()
  const [result, setResult] = useState<ExportResult>()
  return (
    <Page title={t('exports:title')} purpose={t('exports:purpose')}>
      <div className="stack wide-page">
        <section className="card">
          {result === undefined ? (
            <ExportForm onDone={setResult} />
          ) : (
            <ExportDone result={result} onAgain={() => setResult(undefined)} />
          )}
        </section>
        <section className="card stack-small">
          <h2>{t('exports:verifyTitle')}</h2>
          <BagCheck key={result?.bag} start={result?.bag} />
        </section>
      </div>
    </Page>
  )
}
