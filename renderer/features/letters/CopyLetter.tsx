// Another file of a letter that went out.
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Letter } from '../../../shared/types/letter.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { useDataStore } from '../../stores/data.ts'
import { PlaceFields, usePlace } from './PlaceFields.tsx'

interface Props {
  letter: Letter | undefined
  complaintNo: string
  onClose: () => void
}

export function CopyLetter({ letter, complaintNo, onClose }: Props) {
  const t = useT()
  return (
    <Modal
      open={letter !== undefined}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      width={640}
      title={t('letters:copyTitle')}
      closable={{ 'aria-label': t('actions.close') }}
    >
      {letter !== undefined && <Form letter={letter} complaintNo={complaintNo} onClose={onClose} />}
    </Modal>
  )
}

function Form({
  letter,
  complaintNo,
  onClose,
}: {
  letter: Letter
  complaintNo: string
  onClose: () => void
}) {
  const t = useT()
  const place = usePlace(`${complaintNo}-${letter.template}`)
  const [reason, setReason] = useState('')
  const [saved, setSaved] = useState<string>()
  const ready = place.path !== '' && reason.trim() !== ''
  const save = useAction(async () => {
    await call('letters.copy', { id: letter.id, out: place.path, reason: reason.trim() })
    setSaved(place.path)
    useDataStore.getState().bump()
  })
  if (saved !== undefined)
    return (
      <div className="stack-small" role="status">
        <p className="selectable">{t('letters:copied', { path: saved })}</p>
        <div className="wizard-foot end">
          <Button type="primary" onClick={onClose} autoFocus>
            {t('actions.close')}
          </Button>
        </div>
      </div>
    )
  return (
    <form
      className="stack-small"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) save.run()
      }}
    >
      <p className="soft">{t('letters:copyHint')}</p>
      <PlaceFields place={place} />
      <Field label={t('letters:reasonNeeded')}>
        {({ id }) => (
          <Input
            id={id}
            value={reason}
            maxLength={500}
            autoComplete="off"
            data-testid="copy-reason"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {save.error !== undefined && <ActionError error={save.error} onOpened={save.clear} />}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={save.busy}
          data-testid="copy-save"
        >
          {t('actions.save')}
        </Button>
      </div>
    </form>
  )
}
