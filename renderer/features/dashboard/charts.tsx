// The two kinds of charts of the dashboard. They are pictures: the words beside them and the table behind them say the same.
import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import type { TrendMonth } from '../../../shared/types/stats.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatNumber } from '../../lib/format.ts'

export interface ChartRow {
  key: string
  label: string
  /** Null: suppressed. */
  count: number | null
}

const rowHeight = 28
const tick = { fontSize: 12, fill: 'var(--ink-soft)' }
const shorten = (text: string) => ([...text].length > 12 ? `${[...text].slice(0, 11).join('')}…` : text)

/** One bar a row, with its number; a suppressed one has no bar and says so. */
export function RowBars({ rows }: { rows: readonly ChartRow[] }) {
  const t = useT()
  const locale = useLocale()
  const data = rows.map(({ key, label, count }) => ({
    key,
    label: shorten(label),
    count: count ?? 0,
    said: count === null ? t('dashboard:hidden') : formatNumber(count, locale),
  }))
  return (
    <ResponsiveContainer width="100%" height={rows.length * rowHeight + 8}>
      <BarChart
        data={data}
        layout="vertical"
        margin={{ top: 0, right: 64, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis type="number" hide allowDecimals={false} />
        <YAxis
          type="category"
          dataKey="label"
          width={112}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          interval={0}
        />
        {/* A bar of nothing would have no number beside it either. */}
        <Bar
          dataKey="count"
          fill="var(--action-solid)"
          barSize={14}
          minPointSize={1}
          isAnimationActive={false}
        >
          <LabelList dataKey="said" position="right" fill="var(--ink)" fontSize={12} />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  )
}

/** Received and closed by month: told apart by the line's kind as well as by its colour. */
export function TrendLines({ months }: { months: readonly TrendMonth[] }) {
  const t = useT()
  const axis = { stroke: 'var(--line-strong)' }
  const dot = months.length < 25 ? { strokeDasharray: '0' } : false
  return (
    <ResponsiveContainer width="100%" height={220}>
      <LineChart
        data={[...months]}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis dataKey="month" tick={tick} tickLine={false} axisLine={axis} minTickGap={16} />
        <YAxis width={48} tick={tick} tickLine={false} axisLine={axis} allowDecimals={false} />
        <Legend
          itemSorter={null}
          formatter={(value) => <span className="chart-legend">{String(value)}</span>}
        />
        <Line
          name={t('dashboard:received')}
          dataKey="received"
          stroke="var(--action)"
          strokeWidth={2}
          dot={dot}
          isAnimationActive={false}
        />
        <Line
          name={t('dashboard:closed')}
          dataKey="closed"
          stroke="var(--ink-soft)"
          strokeWidth={2}
          strokeDasharray="5 4"
          dot={dot}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
