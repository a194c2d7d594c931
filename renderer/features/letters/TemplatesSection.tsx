// Templates in the settings: those that come with the program, the owner's own, and an editor for both.
import { Button } from 'antd'
import { useState } from 'react'
import type { ListedTemplate } from '../../../shared/types/letter.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useSessionStore } from '../../stores/session.ts'
import { TemplateEditor } from './TemplateEditor.tsx'
import { templateName } from './template-words.ts'

export function TemplatesSection() {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const templates = useCall('letters.templates', {})
  const [editing, setEditing] = useState<ListedTemplate>()
  const blank: ListedTemplate = {
    id: '',
    lang: locale,
    title: '',
    paragraphs: [{ text: '', optional: false }],
    builtIn: false,
    needs: [],
    uses: [],
  }
  return (
    <section className="card stack-small">
      <header className="section-head">
        <h2>{t('letters:templatesTitle')}</h2>
        {owner && (
          <Button size="small" onClick={() => setEditing(blank)} data-testid="template-add">
            {t('letters:add')}
          </Button>
        )}
      </header>
      <p className="soft">{t('letters:templatesText')}</p>
      {templates.error !== undefined && <ErrorNotice error={templates.error} onRetry={templates.reload} />}
      <ul className="plain-list template-list" data-testid="template-list">
        {(templates.data?.items ?? []).map((one) => (
          <li key={`${one.id} ${one.lang}`}>
            <span>{templateName(one, texts)}</span>
            <span className="soft">{t(`language.${one.lang}`)}</span>
            <span className="soft">{one.builtIn ? t('letters:builtIn') : t('letters:own')}</span>
            <Button
              size="small"
              type="text"
              onClick={() => setEditing(one)}
              data-testid={`template-${one.id}-${one.lang}`}
            >
              {owner ? t('letters:edit') : t('letters:view')}
            </Button>
          </li>
        ))}
      </ul>
      <TemplateEditor
        template={editing}
        taken={templates.data?.items ?? []}
        mayEdit={owner}
        onClose={() => setEditing(undefined)}
      />
    </section>
  )
}
