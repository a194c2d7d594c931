// Bound to this computer or not, in plain words.
import { Radio } from 'antd'
import { useT } from '../app/i18n.ts'

interface Props {
  keychain: boolean
  bound: boolean
  onChange: (bound: boolean) => void
  testId: string
}

export function DeviceChoice({ keychain, bound, onChange, testId }: Props) {
  const t = useT()
  return (
    <fieldset className="choice">
      <legend className="field-label">{t('vault:create.deviceTitle')}</legend>
      <Radio.Group
        value={bound ? 'bound' : 'portable'}
        onChange={(event) => onChange(event.target.value === 'bound')}
      >
        <Radio value="bound" disabled={!keychain} data-testid={`${testId}-bound`}>
          <span className="choice-name">{t('vault:create.deviceBound')}</span>
          <span className="choice-text">{t('vault:create.deviceBoundText')}</span>
          {!keychain && <span className="choice-text warn">{t('vault:create.noKeychain')}</span>}
        </Radio>
        <Radio value="portable" data-testid={`${testId}-portable`}>
          <span className="choice-name">{t('vault:create.devicePortable')}</span>
          <span className="choice-text">{t('vault:create.devicePortableText')}</span>
        </Radio>
      </Radio.Group>
    </fieldset>
  )
}
