import { useT } from '../app/i18n.ts'
import { PlainDialog } from './PlainDialog.tsx'
import { RevealForm } from './RevealForm.tsx'
import { useDone } from './use-done.ts'

interface Props {
  open: boolean
  title: string
  /** What is opened, as a person names it. */
  name: string
  confirm: string
  /** Stands before the ids of the dialog's parts. */
  testId: string
  /** Hands the copy over; what it throws is shown. */
  run: (reason: string) => Promise<void>
  onDone: () => void
  onClose: () => void
}

/** Handing a clear copy to another program: what leaves the vault's protection is said before a reason is asked for. */
export function OpenElsewhere({ open, title, name, confirm, testId, run, onDone, onClose }: Props) {
  const t = useT()
  const say = useDone()
  return (
    <PlainDialog open={open} onClose={onClose} width={640} title={title}>
      <div className="stack-small" data-testid={`${testId}-warning`}>
        <strong>{t('attachments:openLeaves')}</strong>
        <ul className="attachment-warning">
          <li>{t('attachments:openCopy')}</li>
          <li>{t('attachments:openElsewhere')}</li>
          <li>{t('attachments:openChanges')}</li>
          <li>{t('attachments:openWindow')}</li>
        </ul>
        <RevealForm
          label={name}
          testId={testId}
          instead={{
            title: t('attachments:openAct', { name }),
            said: t('attachments:logged'),
            confirm,
            ready: true,
          }}
          onCancel={onClose}
          onShow={async (reason) => {
            await run(reason)
            say(t('attachments:opened'))
            onDone()
          }}
        />
      </div>
    </PlainDialog>
  )
}
