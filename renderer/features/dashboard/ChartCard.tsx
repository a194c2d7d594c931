// A chart with its table behind it: one press turns it over, a screen reader hears its numbers either way, paper shows both.
import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useT } from '../../app/i18n.ts'

interface Props {
  title: string
  /** Under the title. */
  note?: string | undefined
  columns: readonly string[]
  /** Cells as text, the first of each row is its name; a row's cell that is null is suppressed. */
  rows: readonly (readonly (string | null)[])[]
  /** The table is left out of shareable numbers as a whole. */
  leftOut: boolean
  wide?: boolean
  testId: string
  children: ReactNode
}

export function ChartCard({ title, note, columns, rows, leftOut, wide, testId, children }: Props) {
  const t = useT()
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  const hidden = rows.filter((row) => row.includes(null)).length
  const cell = (text: string | null) => text ?? t('dashboard:hidden')
  const said = rows.map(([name, ...rest]) => [cell(name ?? ''), ...rest.map(cell)].join(' ')).join('; ')
  const head = (
    <header className="chart-head">
      <h2 id={id}>{title}</h2>
      {!leftOut && rows.length > 0 && (
        <Button
          size="small"
          type="text"
          className="no-print"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          aria-label={t(asTable ? 'dashboard:asChart' : 'dashboard:asTable', { title })}
          onClick={() => setAsTable(!asTable)}
          data-testid={`${testId}-turn`}
        >
          {asTable ? t('dashboard:chart') : t('dashboard:table')}
        </Button>
      )}
    </header>
  )
  return (
    <section
      className={wide === true ? 'chart-card wide' : 'chart-card'}
      aria-labelledby={id}
      data-testid={testId}
    >
      {head}
      {note !== undefined && <p className="soft">{note}</p>}
      {leftOut && <p className="soft">{t('dashboard:leftOut')}</p>}
      {!leftOut && rows.length === 0 && <p className="soft">{t('dashboard:emptyTable')}</p>}
      {!leftOut && rows.length > 0 && (
        <>
          <div
            className={asTable ? 'chart-picture turned' : 'chart-picture'}
            role="img"
            aria-label={`${title}: ${said}`}
          >
            {children}
          </div>
          <table className={asTable ? 'chart-table' : 'chart-table turned'} data-testid={`${testId}-table`}>
            <thead>
              <tr>
                {columns.map((column, at) => (
                  <th key={column} scope="col" className={at === 0 ? '' : 'end'}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...rest], row) => (
                <tr key={`${row} ${name ?? ''}`}>
                  <th scope="row">{cell(name ?? '')}</th>
                  {rest.map((text, at) => (
                    <td key={columns[at + 1]} className={text === null ? 'end soft' : 'end'}>
                      {cell(text)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {hidden > 0 && <p className="soft chart-hidden">{t('dashboard:hiddenSum', { n: hidden })}</p>}
    </section>
  )
}
