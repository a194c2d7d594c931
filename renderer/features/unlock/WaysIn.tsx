// When this computer can't open a vault that takes enrolled ones: what that means, and each way on, without jargon.
import { Button } from 'antd'
import { useT } from '../../app/i18n.ts'
import { go } from '../../stores/navigation.ts'

interface Props {
  path: string
  /** `missing`: this computer isn't enrolled. `keychain`: it may be, but its keychain can't be opened. */
  why: 'missing' | 'keychain'
}

export function WaysIn({ path, why }: Props) {
  const t = useT()
  return (
    <section className="ways-in" data-testid="ways-in" data-why={why}>
      <h2>{t('people:unlock.missingTitle')}</h2>
      <p>{why === 'missing' ? t('people:unlock.missingText') : t('people:unlock.keychainText')}</p>
      <ol>
        {why === 'keychain' && (
          <li>
            <strong>{t('people:unlock.wayKeychain')}</strong>
            <p>{t('people:unlock.wayKeychainText')}</p>
          </li>
        )}
        <li>
          <strong>{t('people:unlock.wayKit')}</strong>
          <p>{t('people:unlock.wayKitText')}</p>
          <Button
            onClick={() => go({ name: 'recover', path, enrol: true })}
            data-testid="unlock-device-recover"
          >
            {t('people:unlock.wayKitButton')}
          </Button>
        </li>
        <li>
          <strong>{t('people:unlock.wayCarry')}</strong>
          <p>{t('people:unlock.wayCarryText')}</p>
        </li>
        <li>
          <strong>{t('people:unlock.wayOwner')}</strong>
          <p>{t('people:unlock.wayOwnerText')}</p>
        </li>
      </ol>
    </section>
  )
}
