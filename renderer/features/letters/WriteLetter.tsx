// Writing a letter: template, language, what the case doesn't have; beside it the letter as it will be, masked.
import { Button, Checkbox, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { localeSchema } from '../../../shared/types/common.ts'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { Loading } from '../../components/Loading.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { LetterFields, TemplateChoice, typedOf, type Typed } from './LetterFields.tsx'
import { LetterSheet, sheetText } from './LetterSheet.tsx'
import { PlaceFields, usePlace } from './PlaceFields.tsx'
import { fieldNames } from './template-words.ts'
import { useSettled } from './use-settled.ts'
import { listSeparator } from '../../lib/format.ts'

interface Props {
  detail: ComplaintDetail
  open: boolean
  onClose: () => void
}

export function WriteLetter(props: Props) {
  const t = useT()
  return (
    <PlainDialog open={props.open} onClose={props.onClose} width={1080} title={t('letters:writeTitle')}>
      <Form {...props} />
    </PlainDialog>
  )
}

type Sent = Output<'letters.render'> & { path: string }

function Form({ detail, onClose }: Props) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const { id: complaintId, complaintNo } = detail.complaint
  const [lang, setLang] = useState(locale)
  const [templateId, setTemplateId] = useState('acknowledgement')
  const [typed, setTyped] = useState<Typed>({})
  const [reason, setReason] = useState('')
  const [allowBoxes, setAllowBoxes] = useState(false)
  const [sent, setSent] = useState<Sent>()
  const templates = useCall('letters.templates', {})
  const template = templates.data?.items.find((one) => one.id === templateId && one.lang === lang)
  const place = usePlace(`${complaintNo}-${templateId}`)
  const order = {
    complaintId,
    templateId,
    lang,
    fields: template === undefined ? {} : typedOf(template, typed),
  }
  const asked = useSettled(order)
  const preview = useCall('letters.preview', template === undefined ? null : asked)
  const missing = preview.data?.missing ?? []
  // What is missing is known of the order as it stands, not as it was before the last key.
  const known =
    !preview.loading && preview.error === undefined && JSON.stringify(asked) === JSON.stringify(order)
  const ready = template !== undefined && place.path !== '' && known && missing.length === 0
  const send = useAction(async () => {
    const input = { ...order, out: place.path, send: true, allowBoxes, reason: reason.trim() }
    setSent({ ...(await runJob('letter', 'letters.render', input)), path: place.path })
    useDataStore.getState().bump()
  })
  if (sent !== undefined) return <Done sent={sent} onClose={onClose} onAnother={() => setSent(undefined)} />
  return (
    <OwnForm className="letter-form" ready={ready} onSubmit={() => send.run()}>
      <div className="stack-small">
        <Field label={t('letters:template')}>
          {({ id }) => (
            <TemplateChoice
              id={id}
              templates={(templates.data?.items ?? []).filter((one) => one.lang === lang)}
              value={templateId}
              onChange={setTemplateId}
            />
          )}
        </Field>
        <div className="field">
          <span className="field-label">{t('letters:language')}</span>
          <div>
            <Segmented
              aria-label={t('letters:language')}
              value={lang}
              data-testid="letter-lang"
              options={localeSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChange={setLang}
            />
          </div>
        </div>
        {templates.error !== undefined && <ErrorNotice error={templates.error} />}
        {template !== undefined && (
          <LetterFields template={template} missing={missing} typed={typed} onChange={setTyped} />
        )}
        <PlaceFields place={place} />
        <Field label={t('letters:reason')}>
          {({ id }) => (
            <Input
              id={id}
              value={reason}
              maxLength={500}
              autoComplete="off"
              data-testid="letter-reason"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {(send.error?.code === 'letter.unprintable' || allowBoxes) && (
          <Checkbox
            checked={allowBoxes}
            onChange={(event) => setAllowBoxes(event.target.checked)}
            data-testid="letter-boxes"
          >
            {t('letters:boxes')}
          </Checkbox>
        )}
        {missing.length > 0 && (
          <p className="warn" role="status" data-testid="letter-missing">
            {t('letters:missing', { fields: fieldNames(missing, texts, listSeparator(locale)) })}
            {missing.some((field) => field.startsWith('custodian')) && <> {t('letters:missingOwn')}</>}
          </p>
        )}
        {send.error !== undefined && <ActionError error={send.error} onOpened={send.clear} />}
        <FormFoot
          confirm={t('letters:send')}
          ready={ready}
          busy={send.busy}
          onClose={onClose}
          testId="letter-send"
        />
      </div>
      <div className="letter-preview">
        <div className="section-head">
          <h3 className="section-title">{t('letters:preview')}</h3>
          <MaskedValue
            label={t('letters:clearPreview')}
            masked=""
            kind="text"
            reveal={async (why) =>
              sheetText((await call('letters.previewClear', { ...order, reason: why })).document)
            }
            testId="letter-clear"
          >
            {t('letters:clearPreview')}
          </MaskedValue>
        </div>
        <p className="soft">{t('letters:previewHint')}</p>
        {preview.error !== undefined && <ErrorNotice error={preview.error} onRetry={preview.reload} />}
        {preview.data === undefined && preview.error === undefined && <Loading rows={8} />}
        {preview.data !== undefined && <LetterSheet letter={preview.data.document} testId="letter-preview" />}
      </div>
    </OwnForm>
  )
}

function Done({ sent, onClose, onAnother }: { sent: Sent; onClose: () => void; onAnother: () => void }) {
  const t = useT()
  return (
    <div className="stack-small" role="status" data-testid="letter-done">
      <p>{t('letters:sent')}</p>
      <p className="selectable">{t('letters:sentTo', { path: sent.path, pages: sent.pages })}</p>
      {sent.boxes.length > 0 && (
        <p className="warn">{t('letters:boxesPrinted', { boxes: sent.boxes.join(' ') })}</p>
      )}
      <div className="wizard-foot end">
        <Button onClick={onAnother}>{t('letters:another')}</Button>
        <Button type="primary" onClick={onClose} autoFocus data-testid="letter-close">
          {t('actions.close')}
        </Button>
      </div>
    </div>
  )
}
