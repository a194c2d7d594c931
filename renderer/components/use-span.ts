import { useLocale, useT } from '../app/i18n.ts'
import { formatNumber } from '../lib/format.ts'

/** Below this, hours say more than days. */
const mostHours = 48

/** Words for a span of time given in hours: `3.5 hours`, `12 days`. */
export function useSpan(): (hours: number) => string {
  const t = useT()
  const locale = useLocale()
  const tenths = (value: number) => formatNumber(Math.round(value * 10) / 10, locale)
  return (hours) =>
    hours < mostHours
      ? t('dashboard:hours', { n: tenths(hours) })
      : t('dashboard:days', { n: tenths(hours / 24) })
}
