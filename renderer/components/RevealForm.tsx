// Why a clear value has to be seen: the list first, words second, the passphrase when identities is closed.
import { Button, Input, Radio } from 'antd'
import { useEffect, useId, useState } from 'react'
import { call, toAppError } from '../api/client.ts'
import { useAction } from '../api/use-action.ts'
import { useT } from '../app/i18n.ts'
import { useIdentitiesOpen, useSessionStore } from '../stores/session.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { PassphraseField } from './PassphraseField.tsx'
import { OwnForm } from './OwnForm.tsx'

const reasons = ['caller', 'contact', 'case', 'regulator', 'correct', 'other'] as const
type Reason = (typeof reasons)[number]

interface Props {
  label: string
  onShow: (reason: string) => Promise<void>
  onCancel: () => void
  testId: string
  /** Where something else than a value on the screen is given out: what it is called, what is said of it, whether it can be done. */
  instead?: { title: string; said: string; confirm: string; ready: boolean }
}

export function RevealForm({ label, onShow, onCancel, testId, instead }: Props) {
  const t = useT()
  const noteId = useId()
  const passphraseId = useId()
  const [reason, setReason] = useState<Reason>()
  const [note, setNote] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const identitiesOpen = useIdentitiesOpen()
  const [askPassphrase, setAskPassphrase] = useState(!identitiesOpen)
  useEffect(() => () => setPassphrase(''), [])

  const show = useAction(async () => {
    if (reason === undefined) return
    if (askPassphrase && passphrase !== '') {
      const session = await call('vault.openIdentities', { passphrase })
      setPassphrase('')
      setAskPassphrase(false)
      useSessionStore.getState().update(session)
    }
    const words = note.trim()
    const label = t(`reveal.reasons.${reason}`)
    try {
      await onShow(reason === 'other' ? words : words === '' ? label : `${label} · ${words}`)
    } catch (thrown) {
      if (toAppError(thrown).code === 'identities.closed') setAskPassphrase(true)
      throw thrown
    }
  })

  const title = instead?.title ?? t('reveal.title', { field: label })
  const ready =
    instead?.ready !== false &&
    reason !== undefined &&
    (reason !== 'other' || note.trim() !== '') &&
    (!askPassphrase || passphrase !== '')
  return (
    <OwnForm
      className="reveal-form"
      role="dialog"
      aria-label={title}
      ready={ready}
      onSubmit={() => show.run()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <h3>{title}</h3>
      <fieldset>
        <legend className="field-label">{t('reveal.reason')}</legend>
        <Radio.Group
          className="reveal-reasons"
          value={reason}
          onChange={(event) => setReason(reasons.find((name) => name === event.target.value))}
        >
          {reasons.map((name, index) => (
            <Radio key={name} value={name} autoFocus={index === 0} data-testid={`reason-${name}`}>
              {t(`reveal.reasons.${name}`)}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <label className="field" htmlFor={noteId}>
        <span className="field-label">
          {reason === 'other' ? t('reveal.note') : t('reveal.noteOptional')}
        </span>
        <Input
          id={noteId}
          value={note}
          maxLength={300}
          autoComplete="off"
          data-testid="reveal-note"
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {askPassphrase && (
        <label className="field" htmlFor={passphraseId}>
          <span className="field-label">{t('masked.passphrase')}</span>
          <PassphraseField
            id={passphraseId}
            value={passphrase}
            onChange={setPassphrase}
            testId="reveal-passphrase"
          />
        </label>
      )}
      {show.error !== undefined && <ErrorNotice error={show.error} />}
      <p className="soft">{instead?.said ?? t('reveal.logged')}</p>
      <div className="reveal-foot">
        <Button onClick={onCancel}>{t('actions.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={show.busy}
          data-testid={`${testId}-confirm`}
        >
          {instead?.confirm ?? t('reveal.show')}
        </Button>
      </div>
    </OwnForm>
  )
}
