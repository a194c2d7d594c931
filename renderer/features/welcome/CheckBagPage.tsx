import { useT } from '../../app/i18n.ts'
import { BagCheck } from '../../components/BagCheck.tsx'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { go } from '../../stores/navigation.ts'

/** Checking a bag without any vault. */
export function CheckBagPage() {
  const t = useT()
  return (
    <ClosedFrame onBack={() => go({ name: 'welcome' })}>
      <div className="card stack">
        <h1>{t('vault:bag.title')}</h1>
        <BagCheck main />
      </div>
    </ClosedFrame>
  )
}
