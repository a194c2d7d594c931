// A letter to each complaint of the present filter: how many, which one, where to; then what was written and what wasn't.
import { MailOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { errorCodes } from '../../../shared/errors.ts'
import { codeText, errorText } from '../../../shared/locales/index.ts'
import { localeSchema } from '../../../shared/types/common.ts'
import type { ComplaintStatus } from '../../../shared/types/complaint.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { compactNow, formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { runJob } from '../../stores/jobs.ts'
import { useSessionStore } from '../../stores/session.ts'
import { LetterFields, TemplateChoice, type Typed, typedOf } from './LetterFields.tsx'
import { PlaceFields, usePlace } from './PlaceFields.tsx'

const most = 5000

interface Filter {
  status: ComplaintStatus | undefined
  category: string | undefined
}

interface Props {
  filter: Filter
  total: number
}

/** The button for it, for whoever may write letters. */
export function BatchLetters(props: Props) {
  const t = useT()
  const role = useSessionStore((state) => state.session?.role)
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  if (role === undefined || !holdsIdentities(role) || props.total === 0) return null
  return (
    <>
      <Button icon={<MailOutlined />} onClick={() => setOpen(true)} data-testid="letters-batch">
        {t('letters:batch')}
      </Button>
      <PlainDialog open={open} onClose={close} width={720} title={t('letters:batchTitle')}>
        <Form {...props} onClose={close} />
      </PlainDialog>
    </>
  )
}

type Report = Output<'letters.batch'>

function Form({ filter, total, onClose }: Props & { onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const [lang, setLang] = useState(locale)
  const [templateId, setTemplateId] = useState('acknowledgement')
  const [typed, setTyped] = useState<Typed>({})
  const [report, setReport] = useState<Report>()
  const [stamp] = useState(() => compactNow())
  const templates = useCall('letters.templates', {})
  const template = templates.data?.items.find((one) => one.id === templateId && one.lang === lang)
  const place = usePlace(`guicang-letters-${stamp}`, '')
  const ready = template !== undefined && place.path !== '' && total > 0 && total <= most
  const run = useAction(async () => {
    if (template === undefined) return
    const { status, category } = filter
    const input = {
      ...(status === undefined ? {} : { status }),
      ...(category === undefined ? {} : { category }),
      templateId,
      lang,
      fields: typedOf(template, typed),
      folder: place.path,
    }
    setReport(await runJob('letters', 'letters.batch', input, total))
    useDataStore.getState().bump()
  })
  if (report !== undefined) return <Done report={report} path={place.path} onClose={onClose} />
  return (
    <OwnForm className="stack-small" ready={ready} onSubmit={() => run.run()}>
      <p>{t('letters:batchText', { n: formatNumber(total, locale) })}</p>
      {total > most && <p className="warn">{t('letters:batchTooMany')}</p>}
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
            options={localeSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={setLang}
          />
        </div>
      </div>
      {template !== undefined && (
        <LetterFields template={template} missing={[]} typed={typed} onChange={setTyped} many />
      )}
      <PlaceFields place={place} nameLabel={t('letters:batchName')} />
      {run.error !== undefined && <ActionError error={run.error} onOpened={run.clear} />}
      <FormFoot
        confirm={t('letters:batchRun', { n: formatNumber(total, locale) })}
        ready={ready}
        busy={run.busy}
        onClose={onClose}
        testId="batch-run"
      />
    </OwnForm>
  )
}

function Done({ report, path, onClose }: { report: Report; path: string; onClose: () => void }) {
  const t = useT()
  const locale = useLocale()
  const texts = useTexts()
  const named = (field: string): string => {
    const names = field.split(' ').flatMap((one) => codeText(texts.letters.fields, one) ?? [])
    return names.length === 0 ? '' : ` (${names.join(', ')})`
  }
  const why = (code: string): string => {
    const known = errorCodes.find((name) => name === code)
    return known === undefined ? code : errorText(locale, known).what
  }
  const { sent, total, stopped, refused } = report
  return (
    <div className="stack-small" role="status" data-testid="batch-done">
      <p>
        {t('letters:batchDone', { sent: formatNumber(sent, locale), total: formatNumber(total, locale) })}
      </p>
      <p className="selectable soft">{t('letters:batchWhere', { path })}</p>
      {stopped !== '' && <p className="warn">{t('letters:batchStopped', { why: why(stopped) })}</p>}
      {refused.length > 0 && (
        <>
          <h3 className="section-title">{t('letters:batchRefused')}</h3>
          <ul className="plain-list batch-refused">
            {refused.slice(0, 500).map((one) => (
              <li key={one.id}>
                <span className="mono">{one.complaintNo}</span>{' '}
                <span className="soft">{why(one.code) + named(one.field)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="wizard-foot end">
        <Button type="primary" onClick={onClose} autoFocus>
          {t('actions.close')}
        </Button>
      </div>
    </div>
  )
}
