// Editing a template, with the letter beside it as it would be with made-up values. Faults are named while typing.
import { Button, Checkbox, Input, Segmented } from 'antd'
import { useRef, useState } from 'react'
import { localeSchema } from '../../../shared/types/common.ts'
import {
  type LetterField,
  letterFields,
  type ListedTemplate,
  type Template,
} from '../../../shared/types/letter.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT, useTexts } from '../../app/i18n.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { useDataStore } from '../../stores/data.ts'
import { LetterSheet } from './LetterSheet.tsx'
import { templateFaults, templateName } from './template-words.ts'
import { useSettled } from './use-settled.ts'

interface Props {
  template: ListedTemplate | undefined
  /** Templates that there are: a new one doesn't silently stand in for one of them. */
  taken: readonly ListedTemplate[]
  mayEdit: boolean
  onClose: () => void
}

export function TemplateEditor({ template, ...props }: Props) {
  const t = useT()
  return (
    <PlainDialog
      open={template !== undefined}
      onClose={props.onClose}
      width={1080}
      title={t('letters:editTitle')}
    >
      {template !== undefined && <Editor template={template} {...props} />}
    </PlainDialog>
  )
}

function Editor({ template, taken, mayEdit, onClose }: Props & { template: ListedTemplate }) {
  const t = useT()
  const texts = useTexts()
  const isNew = template.id === ''
  const [draft, setDraft] = useState<Template>(() => {
    const { id, lang, title, paragraphs } = template
    return { id, lang, title, paragraphs }
  })
  const asked = useSettled(draft)
  // A name is asked for last: until then the preview goes by one that is never kept.
  const preview = useCall('templates.preview', shapely(asked))
  const fault = preview.error?.code === 'template.invalid' ? preview.error : undefined
  const clashes = isNew && taken.some(({ id, lang }) => id === draft.id && lang === draft.lang)
  const ready =
    mayEdit && shapely(draft) !== null && draft.id !== '' && !clashes && preview.error === undefined
  const done = () => {
    useDataStore.getState().bump()
    onClose()
  }
  const save = useAction(async () => {
    await call('templates.put', draft)
    done()
  })
  return (
    <OwnForm className="letter-form" ready={ready} onSubmit={() => save.run()}>
      <div className="stack-small">
        {isNew && <NewName draft={draft} clashes={clashes} onChange={setDraft} />}
        <Field label={t('letters:letterTitle')}>
          {({ id }) => (
            <Input
              id={id}
              value={draft.title}
              maxLength={120}
              readOnly={!mayEdit}
              autoComplete="off"
              data-testid="template-title"
              onChange={(event) => setDraft({ ...draft, title: event.target.value })}
            />
          )}
        </Field>
        <Paragraphs draft={draft} mayEdit={mayEdit} onChange={setDraft} />
        {fault !== undefined && (
          <ul className="template-faults" role="alert" data-testid="template-faults">
            {templateFaults(fault, texts).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {save.error !== undefined && <ErrorNotice error={save.error} />}
        <div className="wizard-foot end">
          {mayEdit && !template.builtIn && !isNew && <RemoveTemplate template={template} onDone={done} />}
          <Button onClick={onClose}>{t('actions.cancel')}</Button>
          {mayEdit && (
            <Button
              type="primary"
              htmlType="submit"
              disabled={!ready}
              loading={save.busy}
              data-testid="template-save"
            >
              {t('letters:save')}
            </Button>
          )}
        </div>
      </div>
      <div className="letter-preview">
        <h3 className="section-title">{t('letters:previewSample')}</h3>
        {preview.error !== undefined && fault === undefined && <ErrorNotice error={preview.error} />}
        {preview.data !== undefined && <LetterSheet letter={preview.data} testId="template-preview" />}
      </div>
    </OwnForm>
  )
}

/** Its wording is in nobody else's hands: the name is typed before it goes. */
function RemoveTemplate({ template, onDone }: { template: ListedTemplate; onDone: () => void }) {
  const t = useT()
  const texts = useTexts()
  const [asking, setAsking] = useState(false)
  const remove = useAction(async () => {
    await call('templates.remove', { id: template.id, lang: template.lang })
    onDone()
  })
  return (
    <>
      <Button danger onClick={() => setAsking(true)} data-testid="template-remove">
        {t('letters:remove')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('letters:removeTitle')}
        confirm={t('letters:remove')}
        danger
        typedName={template.id}
        busy={remove.busy}
        testId="template-remove"
        onConfirm={() => remove.run()}
        onClose={() => setAsking(false)}
      >
        <p>
          {t('letters:removeText', {
            name: templateName(template, texts),
            language: t(`language.${template.lang}`),
          })}
        </p>
        {remove.error !== undefined && <ErrorNotice error={remove.error} />}
      </ConfirmDialog>
    </>
  )
}

/** What the boundary takes as a template at all; null while a part is still empty. */
function shapely(draft: Template): Template | null {
  if (draft.title === '' || draft.paragraphs.some(({ text }) => text === '')) return null
  return { ...draft, id: draft.id === '' ? 'draft' : draft.id }
}

interface NewNameProps {
  draft: Template
  clashes: boolean
  onChange: (draft: Template) => void
}

function NewName({ draft, clashes, onChange }: NewNameProps) {
  const t = useT()
  return (
    <div className="pair tight">
      <Field
        label={t('letters:id')}
        hint={t('letters:idHint')}
        error={clashes ? t('letters:idTaken') : undefined}
      >
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={draft.id}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={describedBy}
            data-testid="template-id"
            onChange={(event) =>
              onChange({
                ...draft,
                id: event.target.value.toLowerCase().replaceAll(/[^a-z0-9-]|^[^a-z]+/gu, ''),
              })
            }
          />
        )}
      </Field>
      <div className="field">
        <span className="field-label">{t('letters:language')}</span>
        <div>
          <Segmented
            aria-label={t('letters:language')}
            value={draft.lang}
            options={localeSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={(lang) => onChange({ ...draft, lang })}
          />
        </div>
      </div>
    </div>
  )
}

interface ParagraphsProps {
  draft: Template
  mayEdit: boolean
  onChange: (draft: Template) => void
}

function Paragraphs({ draft, mayEdit, onChange }: ParagraphsProps) {
  const t = useT()
  // Where a field goes: the paragraph that had the cursor last, and the place of it there.
  const cursor = useRef({ index: 0, at: Number.POSITIVE_INFINITY })
  const setAt = (index: number, change: Partial<Template['paragraphs'][number]>) =>
    onChange({
      ...draft,
      paragraphs: draft.paragraphs.map((one, place) => (place === index ? { ...one, ...change } : one)),
    })
  const put = (field: LetterField) => {
    const { at } = cursor.current
    // A paragraph that is gone by now had the cursor: the last one takes its place.
    const index = Math.min(cursor.current.index, draft.paragraphs.length - 1)
    const text = draft.paragraphs[index]?.text ?? ''
    setAt(index, { text: `${text.slice(0, at)}{{${field}}}${text.slice(at)}` })
  }
  return (
    <>
      {draft.paragraphs.map((paragraph, index) => (
        <div key={index} className="template-paragraph">
          <Field label={t('letters:paragraph', { n: index + 1 })}>
            {({ id }) => (
              <Input.TextArea
                id={id}
                value={paragraph.text}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={4000}
                readOnly={!mayEdit}
                data-testid={`template-paragraph-${index + 1}`}
                onSelect={(event) => {
                  cursor.current = { index, at: event.currentTarget.selectionStart }
                }}
                onChange={(event) => setAt(index, { text: event.target.value })}
              />
            )}
          </Field>
          <div className="template-paragraph-foot">
            <Checkbox
              checked={paragraph.optional}
              disabled={!mayEdit}
              onChange={(event) => setAt(index, { optional: event.target.checked })}
            >
              {t('letters:optional')}
            </Checkbox>
            {mayEdit && draft.paragraphs.length > 1 && (
              <Button
                size="small"
                type="text"
                onClick={() =>
                  onChange({ ...draft, paragraphs: draft.paragraphs.filter((_, place) => place !== index) })
                }
              >
                {t('letters:removeParagraph')}
              </Button>
            )}
          </div>
        </div>
      ))}
      {mayEdit && (
        <>
          <div>
            <Button
              size="small"
              disabled={draft.paragraphs.length >= 60}
              onClick={() =>
                onChange({ ...draft, paragraphs: [...draft.paragraphs, { text: '', optional: false }] })
              }
              data-testid="template-paragraph-add"
            >
              {t('letters:addParagraph')}
            </Button>
          </div>
          <details className="template-places">
            <summary>{t('letters:places')}</summary>
            <p className="soft">{t('letters:placesHint')}</p>
            <div className="template-places-list">
              {letterFields.map((field) => (
                <Button key={field} size="small" onClick={() => put(field)}>
                  {t(`letters:fields.${field}`)}
                </Button>
              ))}
            </div>
          </details>
        </>
      )}
    </>
  )
}
