import { CopyOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useT } from '../../app/i18n.ts'
import { QrCode } from '../../components/QrCode.tsx'
import { useCopy } from '../../components/use-copy.ts'

/** A checkpoint to be kept elsewhere: text, QR code, print. It holds no customer's data. */
export function CheckpointDialog({ note, onClose }: { note: string | undefined; onClose: () => void }) {
  const t = useT()
  const copy = useCopy()
  return (
    <Modal
      open={note !== undefined}
      onCancel={onClose}
      destroyOnHidden
      width={640}
      title={t('audit:checkpointTitle')}
      closable={{ 'aria-label': t('actions.close') }}
      footer={
        <div className="wizard-foot end no-print">
          <Button icon={<CopyOutlined />} onClick={() => void copy(note ?? '')} data-testid="checkpoint-copy">
            {t('actions.copy')}
          </Button>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()} data-testid="checkpoint-print">
            {t('actions.print')}
          </Button>
        </div>
      }
    >
      {note !== undefined && (
        <div className="checkpoint">
          <p className="soft">{t('audit:checkpointText')}</p>
          <pre className="note mono" data-testid="checkpoint-note">
            {note}
          </pre>
          <QrCode text={note} label={t('audit:checkpointTitle')} />
        </div>
      )}
    </Modal>
  )
}
