// Another file of a letter that went out.
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Letter } from '../../../shared/types/letter.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
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
    <PlainDialog open={letter !== undefined} onClose={onClose} width={640} title={t('letters:copyTitle')}>
      {letter !== undefined && <Form letter={letter} complaintNo={complaintNo} onClose={onClose} />}
    </PlainDialog>
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
    <OwnForm className="stack-small" ready={ready} onSubmit={() => save.run()}>
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
      <FormFoot
        confirm={t('actions.save')}
        ready={ready}
        busy={save.busy}
        onClose={onClose}
        testId="copy-save"
      />
    </OwnForm>
  )
}
