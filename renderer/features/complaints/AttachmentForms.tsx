// Adding, saving and removing an attachment.
import { Input } from 'antd'
import { useState } from 'react'
import type { Attachment } from '../../../shared/types/attachment.ts'
import type { Request } from '../../../shared/contract/index.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Field } from '../../components/Field.tsx'
import { OpenElsewhere } from '../../components/OpenElsewhere.tsx'
import { PathField } from '../../components/PathField.tsx'
import { RevealForm } from '../../components/RevealForm.tsx'
import { useDone } from '../../components/use-done.ts'
import { OwnForm } from '../../components/OwnForm.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { baseName } from '../../lib/paths.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { refreshSession } from '../../stores/session.ts'

interface ItemProps {
  item: Attachment
  onDone: () => void
  onClose: () => void
}

interface AddProps {
  complaintId: Request<'attachments.add'>['complaintId']
  /** Files that were dragged in; empty where one is to be chosen. */
  dropped: readonly string[]
  onDone: () => void
  onClose: () => void
}

export function AddAttachment({ complaintId, dropped, onDone, onClose }: AddProps) {
  const t = useT()
  const say = useDone()
  const [paths, setPaths] = useState(() => (dropped.length === 0 ? [''] : [...dropped]))
  const [note, setNote] = useState('')
  const add = useAction(async () => {
    // One after the other; what was refused, and what comes behind it, stays in the form.
    for (const path of paths) {
      await runJob('attach', 'attachments.add', { complaintId, path: path.trim(), note: note.trim() })
      setPaths((left) => left.slice(1))
      useDataStore.getState().bump()
    }
    say(t('attachments:stored'))
    onDone()
    await refreshSession()
  })
  const ready = paths.length > 0 && paths.every((path) => path.trim() !== '')
  return (
    <OwnForm className="stack-small" ready={ready} onSubmit={() => add.run()}>
      <Field label={t('attachments:file')} hint={t('attachments:fileHint')}>
        {({ id }) =>
          paths.length > 1 ? (
            <ul id={id} className="plain-list" data-testid="attachment-paths">
              {paths.map((path) => (
                <li key={path}>
                  <bdi className="attachment-name">{baseName(path)}</bdi>
                </li>
              ))}
            </ul>
          ) : (
            <PathField
              id={id}
              purpose="attachment"
              value={paths[0] ?? ''}
              onChange={(path) => setPaths([path])}
              testId="attachment-path"
            />
          )
        }
      </Field>
      <Field label={t('attachments:note')}>
        {({ id }) => (
          <Input
            id={id}
            value={note}
            maxLength={500}
            autoComplete="off"
            data-testid="attachment-note"
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {add.error !== undefined && <ActionError error={add.error} onOpened={add.clear} />}
      <FormFoot
        confirm={t('attachments:store')}
        ready={ready}
        busy={add.busy}
        onClose={onClose}
        small
        testId="attachment-store"
      />
    </OwnForm>
  )
}

export function SaveAttachment({ item, onDone, onClose }: ItemProps) {
  const t = useT()
  const say = useDone()
  const [out, setOut] = useState('')
  return (
    <div className="stack-small">
      <Field label={t('attachments:saveTo')} hint={t('attachments:saveHint')}>
        {({ id }) => (
          <PathField
            id={id}
            purpose="new-file"
            value={out}
            onChange={setOut}
            suggestedName={item.name}
            testId="attachment-out"
          />
        )}
      </Field>
      <RevealForm
        label={item.name}
        testId="attachment-save"
        instead={{
          title: t('attachments:saveTitle', { name: item.name }),
          said: t('attachments:logged'),
          confirm: t('attachments:save'),
          ready: out.trim() !== '',
        }}
        onCancel={onClose}
        onShow={async (reason) => {
          await runJob('saveAttachment', 'attachments.save', { id: item.id, out: out.trim(), reason })
          say(t('attachments:saved'))
          onDone()
        }}
      />
    </div>
  )
}

export function OpenAttachment({ item, open, onDone, onClose }: ItemProps & { open: boolean }) {
  const t = useT()
  return (
    <OpenElsewhere
      open={open}
      title={t('attachments:openTitle')}
      name={item.name}
      confirm={t('attachments:open')}
      testId="attachment-open"
      run={async (reason) => {
        await runJob('openAttachment', 'attachments.open', { id: item.id, reason })
      }}
      onDone={onDone}
      onClose={onClose}
    />
  )
}

export function RemoveAttachment({ item, open, onDone, onClose }: ItemProps & { open: boolean }) {
  const t = useT()
  const [reason, setReason] = useState('')
  const remove = useAction(async () => {
    await call('attachments.remove', { id: item.id, reason: reason.trim() })
    onDone()
    await refreshSession()
  })
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t('attachments:removeTitle')}
      confirm={t('attachments:remove')}
      busy={remove.busy}
      disabled={reason.trim() === ''}
      onConfirm={() => remove.run()}
      onClose={onClose}
      testId="attachment-remove"
    >
      <p>{t('attachments:removeText', { name: item.name })}</p>
      <Field label={t('attachments:removeReason')}>
        {({ id }) => (
          <Input
            id={id}
            value={reason}
            maxLength={300}
            autoFocus
            autoComplete="off"
            data-testid="attachment-remove-reason"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {remove.error !== undefined && <ActionError error={remove.error} onOpened={remove.clear} />}
    </ConfirmDialog>
  )
}
