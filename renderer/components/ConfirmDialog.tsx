// Asks before something is done that can't simply be taken back: what will be, and, where something goes for good, its name
// typed out. The act itself may be long work; then the dialog is gone while the status line shows it.
import { Button, Input, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useT } from '../app/i18n.ts'
import { OwnForm } from './OwnForm.tsx'

interface Props {
  open: boolean
  title: string
  confirm: string
  danger?: boolean
  /** Has to be typed before the act can be confirmed. */
  typedName?: string
  busy?: boolean
  disabled?: boolean
  onConfirm: () => void
  onClose: () => void
  testId: string
  width?: number
  children: ReactNode
}

export function ConfirmDialog(props: Props) {
  const t = useT()
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      destroyOnHidden
      width={props.width ?? 480}
      title={props.title}
      closable={{ 'aria-label': t('actions.close') }}
    >
      <Form {...props} />
    </Modal>
  )
}

function Form(props: Props) {
  const { typedName, testId } = props
  const t = useT()
  const id = useId()
  const [typed, setTyped] = useState('')
  const named = typedName === undefined || typed.trim().normalize('NFC') === typedName.trim().normalize('NFC')
  const ready = named && props.disabled !== true
  return (
    <OwnForm className="stack-small" ready={ready} onSubmit={() => props.onConfirm()}>
      {props.children}
      {typedName !== undefined && (
        <label className="field" htmlFor={id}>
          <span>{t('people:typeName', { name: typedName })}</span>
          <Input
            id={id}
            value={typed}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            data-testid={`${testId}-name`}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      )}
      <div className="wizard-foot end">
        <Button onClick={props.onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          danger={props.danger ?? false}
          htmlType="submit"
          loading={props.busy ?? false}
          disabled={!ready}
          data-testid={`${testId}-confirm`}
        >
          {props.confirm}
        </Button>
      </div>
    </OwnForm>
  )
}
