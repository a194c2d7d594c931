// The numbers as one long table, which a spreadsheet turns as it likes.
import type { Stats } from '../../../shared/types/stats.ts'

/** Rows of text with their header. A number that is suppressed, for its own or another's sake, reads `*`. */
export function statsRows(stats: Stats): string[][] {
  const shown = (value: number | string | null): string =>
    value === null ? (stats.shareable ? '*' : '') : String(value)
  const list = (
    table: string,
    cells: readonly { key: string; count: number | null; open: number | null }[],
  ) =>
    cells.map(({ key, count, open }) => [
      table,
      key,
      shown(count),
      stats.shareable ? '' : shown(open),
      '',
      '',
    ])
  const total = (key: string, value: number | null) => ['total', key, shown(value), '', '', '']
  const duration = (key: string, { count, medianHours, p90Hours }: Stats['resolution']) => [
    [key, 'count', shown(count), '', '', ''],
    [key, 'medianHours', '', '', shown(medianHours), ''],
    [key, 'p90Hours', '', '', shown(p90Hours), ''],
  ]
  return [
    ['table', 'key', 'count', 'open', 'value', 'currency'],
    ['range', `${stats.from}/${stats.to}`, '', '', '', ''],
    ...(stats.shareable ? [['suppressed', '*', '', '', '', '']] : []),
    total('received', stats.received),
    total('closed', stats.closed),
    total('open', stats.open),
    ...list('openByAge', stats.openByAge),
    ...list('byStatus', stats.byStatus),
    ...list('byCategory', stats.byCategory),
    ...list('byChannel', stats.byChannel),
    ...list('bySeverity', stats.bySeverity),
    ...(stats.byPerson ?? []).map(({ name, key, count, open }) => [
      'byPerson',
      name === '' ? key : name,
      shown(count),
      shown(open),
      '',
      '',
    ]),
    ...list('deadlines', stats.deadlines),
    ...duration('firstAnswer', stats.firstAnswer),
    ...duration('resolution', stats.resolution),
    ...stats.relief.map(({ kind, currency, count, amount }) => [
      'relief',
      kind,
      shown(count),
      '',
      shown(amount),
      currency,
    ]),
    ...list('rootCauses', stats.rootCauses),
    ['satisfaction', 'mean', '', '', shown(stats.satisfaction.mean), ''],
    ...list('satisfaction', stats.satisfaction.distribution),
    ...stats.trend.flatMap(({ month, received, closed }) => [
      ['received', month, shown(received), '', '', ''],
      ['closed', month, shown(closed), '', '', ''],
    ]),
  ]
}
