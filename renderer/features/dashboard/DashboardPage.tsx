// The dashboard: numbers over a range of days, as tiles and charts; the same numbers fit to be shared, and as a file.
import { CopyOutlined, PrinterOutlined, SaveOutlined } from '@ant-design/icons'
import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import type { Stats } from '../../../shared/types/stats.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { useCopy } from '../../components/use-copy.ts'
import { useDashboard } from '../../stores/dashboard.ts'
import { useSessionStore } from '../../stores/session.ts'
import { presets, rangeOf, todayIn } from './ranges.ts'
import { SaveStats } from './SaveStats.tsx'
import { StatsView } from './StatsView.tsx'

export function DashboardPage() {
  const t = useT()
  const copy = useCopy()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const today = todayIn(timeZone)
  const { range: chosen, shareable, set } = useDashboard()
  const range = chosen ?? rangeOf('year', today)
  const [saving, setSaving] = useState(false)
  const whole = range.from !== '' && range.to !== ''
  const inOrder = range.from <= range.to
  const stats = useCall('stats.get', whole && inOrder ? { ...range, shareable } : null)
  // The last answer stays while the next is on its way: numbers with names must not stand under "shareable".
  const isOfThis = (one: Stats) =>
    one.shareable === shareable && one.from === range.from && one.to === range.to
  const shown = stats.data !== undefined && isOfThis(stats.data) ? stats.data : undefined
  const dayField = (which: 'from' | 'to') => (
    <label className="day-field">
      <span>{t(`dashboard:${which}`)}</span>
      <Input
        type="date"
        value={range[which]}
        max="9999-12-31"
        data-testid={`dashboard-${which}`}
        onChange={(event) => set({ range: { ...range, [which]: event.target.value } })}
      />
    </label>
  )
  const tools = (
    <div className="dashboard-tools">
      {dayField('from')}
      {dayField('to')}
      <div role="group" aria-label={t('dashboard:preset')} className="presets">
        {presets.map((preset) => (
          <Button
            key={preset}
            size="small"
            data-testid={`dashboard-${preset}`}
            onClick={() => set({ range: rangeOf(preset, today) })}
          >
            {t(`dashboard:presets.${preset}`)}
          </Button>
        ))}
      </div>
      <label className="switch-line">
        <Switch
          size="small"
          checked={shareable}
          data-testid="dashboard-shareable"
          onChange={(checked) => set({ shareable: checked })}
        />
        <span>{t('dashboard:shareable')}</span>
      </label>
      <span className="tools-end">
        <Button
          size="small"
          icon={<CopyOutlined />}
          disabled={shown === undefined}
          data-testid="dashboard-copy"
          onClick={() => void copy(`${JSON.stringify(shown, undefined, 2)}\n`)}
        >
          {t('dashboard:copy')}
        </Button>
        <Button size="small" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('dashboard:print')}
        </Button>
        <Button
          size="small"
          icon={<SaveOutlined />}
          disabled={!whole || !inOrder}
          data-testid="dashboard-save"
          onClick={() => setSaving(true)}
        >
          {t('dashboard:save')}
        </Button>
      </span>
    </div>
  )
  return (
    <Page title={t('dashboard:title')} purpose={t('dashboard:purpose')} tools={tools}>
      {!inOrder && (
        <p className="warn" role="alert">
          {t('dashboard:orderWrong')}
        </p>
      )}
      {shareable && <p className="soft dashboard-note">{t('dashboard:shareableText')}</p>}
      {stats.error !== undefined && inOrder && <ErrorNotice error={stats.error} onRetry={stats.reload} />}
      {shown === undefined && stats.loading && <Loading />}
      {shown !== undefined && <StatsView stats={shown} />}
      <SaveStats open={saving} range={range} shareable={shareable} onClose={() => setSaving(false)} />
    </Page>
  )
}
