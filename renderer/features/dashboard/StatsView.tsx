// The numbers themselves, each list as a chart with its table.
import type { Duration, Stats, StatsCell } from '../../../shared/types/stats.ts'
import { otherKey } from '../../../shared/types/stats.ts'
import { codeText } from '../../../shared/locales/index.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { formatAmount, formatNumber } from '../../lib/format.ts'
import { ChartCard } from './ChartCard.tsx'
import { RowBars, TrendLines } from './charts.tsx'
import { useSpan } from '../../components/use-span.ts'

/** Rows that a chart draws; its table has them all. */
const mostBars = 12

export function StatsView({ stats }: { stats: Stats }) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const { shareable } = stats
  const words = {
    status: (key: string) => codeText(texts.complaints.status, key) ?? key,
    typed: (key: string) =>
      key === '' ? t('dashboard:unsaid') : key === otherKey ? t('dashboard:other') : key,
    severity: (key: string) => codeText(texts.cases.severities, key) ?? t('dashboard:unsaid'),
    age: (key: string) => codeText(texts.dashboard.age, key) ?? key,
    deadline: (key: string) => codeText(texts.dashboard.deadline, key) ?? t('dashboard:noClock'),
    points: (key: string) => (key === '' ? t('dashboard:unrated') : t('dashboard:points', { n: key })),
  }
  const list = (
    name: 'openByAge' | 'byStatus' | 'byCategory' | 'byChannel' | 'bySeverity' | 'deadlines' | 'rootCauses',
    cells: readonly StatsCell[],
    word: (key: string) => string,
  ) => (
    <Cells
      title={t(`dashboard:${name}`)}
      cells={cells}
      word={word}
      shareable={shareable}
      testId={`stats-${name}`}
    />
  )
  const { mean, distribution } = stats.satisfaction
  return (
    <div className="dashboard" data-testid="dashboard">
      <Tiles stats={stats} />
      {(stats.undated ?? 0) > 0 && (
        <p className="soft">{t('dashboard:undated', { n: formatNumber(stats.undated ?? 0, locale) })}</p>
      )}
      <div className="chart-grid">
        <ChartCard
          title={t('dashboard:trend')}
          columns={[t('dashboard:month'), t('dashboard:received'), t('dashboard:closed')]}
          rows={stats.trend.map(({ month, received, closed }) => [
            month,
            received === null ? null : formatNumber(received, locale),
            closed === null ? null : formatNumber(closed, locale),
          ])}
          leftOut={shareable && stats.received === null}
          wide
          testId="stats-trend"
        >
          <TrendLines months={stats.trend} />
        </ChartCard>
        {list('openByAge', stats.openByAge, words.age)}
        {list('deadlines', stats.deadlines, words.deadline)}
        {list('byStatus', stats.byStatus, words.status)}
        {list('byCategory', stats.byCategory, words.typed)}
        {list('byChannel', stats.byChannel, words.typed)}
        {list('bySeverity', stats.bySeverity, words.severity)}
        {stats.byPerson !== null && (
          <Cells
            title={t('dashboard:byPerson')}
            cells={stats.byPerson}
            word={(key) => {
              const name = stats.byPerson?.find((cell) => cell.key === key)?.name ?? ''
              return key === ''
                ? t('dashboard:unassigned')
                : key === otherKey
                  ? t('dashboard:other')
                  : name || key
            }}
            shareable={shareable}
            testId="stats-byPerson"
          />
        )}
        {list('rootCauses', stats.rootCauses, words.typed)}
        <Cells
          title={t('dashboard:satisfaction')}
          note={mean === null ? undefined : t('dashboard:satisfactionMean', { mean })}
          cells={distribution}
          word={words.points}
          shareable={shareable}
          testId="stats-satisfaction"
        />
        <Relief stats={stats} />
      </div>
    </div>
  )
}

function Tiles({ stats }: { stats: Stats }) {
  const t = useT()
  const locale = useLocale()
  const number = (value: number | null) =>
    value === null ? t('dashboard:hidden') : formatNumber(value, locale)
  return (
    <dl className="tiles">
      {(['received', 'closed', 'open'] as const).map((name) => (
        <div className="tile" key={name} data-testid={`tile-${name}`}>
          <dt>{t(`dashboard:${name}`)}</dt>
          <dd className="tile-value">{number(stats[name])}</dd>
          <dd className="soft">{t(`dashboard:${name}Text`)}</dd>
        </div>
      ))}
      <Time title={t('dashboard:firstAnswer')} duration={stats.firstAnswer} shareable={stats.shareable} />
      <Time title={t('dashboard:resolution')} duration={stats.resolution} shareable={stats.shareable} />
    </dl>
  )
}

function Time({ title, duration, shareable }: { title: string; duration: Duration; shareable: boolean }) {
  const t = useT()
  const span = useSpan()
  const said = (hours: number | null) => {
    if (hours === null) return shareable ? t('dashboard:hidden') : t('dashboard:none')
    return span(hours)
  }
  return (
    <div className="tile">
      <dt>{title}</dt>
      <dd className="tile-value">{said(duration.medianHours)}</dd>
      <dd className="soft">
        {t('dashboard:median')} · {t('dashboard:p90')} {said(duration.p90Hours)}
      </dd>
    </div>
  )
}

interface CellsProps {
  title: string
  note?: string | undefined
  cells: readonly StatsCell[]
  word: (key: string) => string
  shareable: boolean
  testId: string
}

function Cells({ title, note, cells, word, shareable, testId }: CellsProps) {
  const t = useT()
  const locale = useLocale()
  const withOpen = !shareable && cells.some(({ open }) => open !== null) && testId !== 'stats-openByAge'
  const text = (value: number | null) => (value === null ? null : formatNumber(value, locale))
  const nothing = cells.every(({ count }) => count === 0)
  return (
    <ChartCard
      title={title}
      note={note}
      columns={[t('dashboard:key'), t('dashboard:count'), ...(withOpen ? [t('dashboard:stillOpen')] : [])]}
      rows={
        nothing
          ? []
          : cells.map(({ key, count, open }) => [word(key), text(count), ...(withOpen ? [text(open)] : [])])
      }
      leftOut={shareable && cells.length === 0}
      testId={testId}
    >
      <RowBars rows={cells.slice(0, mostBars).map(({ key, count }) => ({ key, label: word(key), count }))} />
    </ChartCard>
  )
}

function Relief({ stats }: { stats: Stats }) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const given = stats.relief.filter(({ kind }) => kind !== '')
  const word = ({ kind, currency }: { kind: string; currency: string }) =>
    [codeText(texts.cases.reliefKinds, kind) ?? t('dashboard:noRelief'), currency]
      .filter((part) => part !== '')
      .join(' ')
  return (
    <ChartCard
      title={t('dashboard:relief')}
      columns={[t('dashboard:key'), t('dashboard:count'), t('dashboard:amount')]}
      rows={
        given.length === 0
          ? []
          : stats.relief.map((cell) => [
              word(cell),
              cell.count === null ? null : formatNumber(cell.count, locale),
              cell.amount === null
                ? null
                : cell.amount === ''
                  ? ''
                  : `${formatAmount(cell.amount, locale)} ${cell.currency}`.trim(),
            ])
      }
      leftOut={stats.shareable && stats.relief.length === 0}
      testId="stats-relief"
    >
      <RowBars
        rows={stats.relief.slice(0, mostBars).map((cell) => ({
          key: `${cell.kind} ${cell.currency}`,
          label: word(cell),
          count: cell.count,
        }))}
      />
    </ChartCard>
  )
}
