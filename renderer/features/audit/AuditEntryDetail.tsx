import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { detailPairs, subjectText } from './detail-text.ts'
import { formatInstant } from '../../lib/format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { usePersonNames } from './use-person-names.ts'

/** One entry in full. */
export function AuditEntryDetail({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const names = usePersonNames()
  return (
    <aside className="detail" aria-label={t('audit:detail')} data-testid="audit-entry">
      <header className="detail-head">
        <h2>
          {codeText(texts.audit.actions, entry.action) ?? entry.action}
          <small className="mono">#{entry.index}</small>
        </h2>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('actions.close')}
          onClick={onClose}
        />
      </header>
      <dl className="facts">
        <div className="fact">
          <dt>{t('audit:at')}</dt>
          <dd>{formatInstant(entry.at, locale, timeZone)}</dd>
        </div>
        <div className="fact">
          <dt>{t('audit:user')}</dt>
          <dd>{entry.user}</dd>
        </div>
        <div className="fact">
          <dt>{t('audit:subject')}</dt>
          <dd className="mono">{subjectText(entry.subject, texts, names)}</dd>
        </div>
        {detailPairs(entry, { texts, locale, timeZone, names }).map(([label, text]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}
