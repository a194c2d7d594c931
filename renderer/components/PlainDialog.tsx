import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'

interface Props {
  open: boolean
  title: string
  width?: number
  onClose: () => void
  children: ReactNode
}

/** From this width on a dialog is tall as well, and stands at the top. */
const wide = 600

/** A dialog whose content has buttons of its own; what was typed goes when it closes. */
export function PlainDialog({ open, title, width = 480, onClose, children }: Props) {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      width={width}
      {...(width < wide ? {} : { style: { top: 24 } })}
      title={title}
      closable={{ 'aria-label': t('actions.close') }}
    >
      {children}
    </Modal>
  )
}
