import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useT } from '../app/i18n.ts'

interface Props {
  id: string
  value: string
  onChange: (value: string) => void
  autoFocus?: boolean
  /** `current` or `new`, for password managers. */
  purpose?: 'current' | 'new'
  invalid?: boolean
  describedBy?: string
  testId: string
}

/** A passphrase that can be shown. */
export function PassphraseField(props: Props) {
  const t = useT()
  return (
    <Input.Password
      id={props.id}
      value={props.value}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.purpose === 'new' ? 'new-password' : 'current-password'}
      status={props.invalid === true ? 'error' : ''}
      aria-invalid={props.invalid === true}
      aria-describedby={props.describedBy}
      data-testid={props.testId}
      maxLength={1024}
      iconRender={(visible) =>
        visible ? (
          <EyeOutlined aria-label={t('actions.hide')} />
        ) : (
          <EyeInvisibleOutlined aria-label={t('actions.show')} />
        )
      }
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}
