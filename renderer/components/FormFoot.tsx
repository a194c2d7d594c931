import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'

interface Props {
  confirm: string
  ready: boolean
  busy: boolean
  onClose: () => void
  testId: string
  danger?: boolean
  /** Where the form stands within a page rather than in a dialog. */
  small?: boolean
  /** Said before the buttons. */
  children?: ReactNode
}

/** The end of a form: leave it, or do it. */
export function FormFoot({
  confirm,
  ready,
  busy,
  onClose,
  testId,
  danger = false,
  small = false,
  children,
}: Props) {
  const t = useT()
  const size = small ? 'small' : 'middle'
  return (
    <div className="wizard-foot end">
      {children}
      <Button size={size} onClick={onClose}>
        {t('actions.cancel')}
      </Button>
      <Button
        size={size}
        type="primary"
        danger={danger}
        htmlType="submit"
        disabled={!ready}
        loading={busy}
        data-testid={testId}
      >
        {confirm}
      </Button>
    </div>
  )
}
