import { GlobalOutlined } from '@ant-design/icons'
import type { Locale } from '../../shared/types/common.ts'
import { changeLocale, useLocale, useT } from '../app/i18n.ts'

/** The other language, in its own words. */
export function LanguageSwitch() {
  const t = useT()
  const locale = useLocale()
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en'
  return (
    <button
      type="button"
      className="status-part"
      lang={other}
      data-testid="language-switch"
      onClick={() => void changeLocale(other)}
    >
      <GlobalOutlined aria-hidden="true" /> {t(`language.${other}`)}
    </button>
  )
}
