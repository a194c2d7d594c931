// The user's own file as it is, and which field each column becomes. A field is given once; what isn't recognised is kept.
import { Segmented, Select } from 'antd'
import { complaintFields } from '../../../shared/types/complaint.ts'
import { customerFields } from '../../../shared/types/customer.ts'
import type { ImportPreview, RecordKind } from '../../../shared/types/exchange.ts'
import { transactionFields } from '../../../shared/types/transaction.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { formatInstant, formatNumber } from '../../lib/format.ts'
import { useImportWizard } from '../../stores/import-wizard.ts'
import { useSessionStore } from '../../stores/session.ts'

const extra = 'extra'
const drop = 'drop'
const shownRows = 5

const fieldsOf: Readonly<Record<RecordKind, readonly string[]>> = {
  customers: customerFields,
  complaints: complaintFields,
  transactions: transactionFields,
}

export function MappingStep({ preview }: { preview: ImportPreview }) {
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const { mapping = preview.mapping, duplicates, set } = useImportWizard()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const batches = useCall('imports.list', {}).data?.items
  const before = batches?.find((batch) => batch.state === 'live' && batch.sha256 === preview.sha256)
  const used = new Set(Object.values(mapping).filter((field) => field !== null && field !== drop))
  const labels: Readonly<Record<string, string>> = texts[preview.kind].fields
  const fields = fieldsOf[preview.kind]
  const number = (value: number) => formatNumber(value, locale)
  const options = (present: string | null | undefined) => [
    ...fields.map((field) => ({
      value: field,
      label: labels[field] ?? field,
      disabled: field !== present && used.has(field),
    })),
    { value: extra, label: t('imports:keepExtra') },
    { value: drop, label: t('imports:drop') },
  ]
  const dropped = Object.values(mapping).includes(drop)
  const kind = t(`imports:kinds.${preview.kind}`)
  return (
    <div className="stack-small">
      {before !== undefined && (
        <p className="notice-bar" role="status" data-testid="import-before">
          {t('imports:before', { at: formatInstant(before.at, locale, timeZone), user: before.user })}
        </p>
      )}
      <p data-testid="import-read">
        {preview.format === 'xlsx'
          ? t('imports:readXlsx', { name: preview.fileName, kind, rows: number(preview.rowCount) })
          : t('imports:read', {
              name: preview.fileName,
              kind,
              rows: number(preview.rowCount),
              encoding: preview.encoding,
              delimiter: delimiterWord(preview.delimiter, texts.imports.delimiters),
            })}
        {preview.rejected > 0 && ` · ${t('imports:rejectedPreview', { n: number(preview.rejected) })}`}
        {preview.blank > 0 && ` · ${t('imports:blank', { n: number(preview.blank) })}`}
      </p>
      <h2>{t('imports:mappingTitle')}</h2>
      <p className="soft">
        {t('imports:mappingLead')} {t('imports:notRecognised')} {dropped && t('imports:dropNote')}
      </p>
      <div className="mapping" role="region" aria-label={t('imports:mappingTitle')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('imports:column')}</th>
              <th scope="col">{t('imports:target')}</th>
              <th scope="col" colSpan={shownRows}>
                {t('imports:sample')}
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map((column, index) => {
              const present = mapping[column]
              return (
                <tr key={column}>
                  <th scope="row">{column}</th>
                  <td>
                    <Select
                      size="small"
                      className="mapping-select"
                      aria-label={`${t('imports:target')} · ${column}`}
                      data-testid="import-column"
                      value={present ?? extra}
                      options={options(present)}
                      onChange={(value: string) =>
                        set({ mapping: { ...mapping, [column]: value === extra ? null : value } })
                      }
                    />
                  </td>
                  {preview.rows.slice(0, shownRows).map((row, n) => (
                    <td key={n} className="mapping-cell mono" title={row[index]}>
                      {row[index]}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="pair">
        <div className="field">
          <span className="field-label">{t('imports:duplicates')}</span>
          <div>
            <Segmented
              aria-label={t('imports:duplicates')}
              value={duplicates}
              data-testid="import-duplicates"
              options={[
                { value: 'keep' as const, label: t('imports:duplicatesKeep') },
                { value: 'skip' as const, label: t('imports:duplicatesSkip') },
              ]}
              onChange={(value) => set({ duplicates: value })}
            />
          </div>
        </div>
      </div>
    </div>
  )
}

function delimiterWord(
  delimiter: string | null,
  words: { comma: string; tab: string; semicolon: string; pipe: string },
): string {
  switch (delimiter) {
    case ',':
      return words.comma
    case '\t':
      return words.tab
    case ';':
      return words.semicolon
    case '|':
      return words.pipe
    default:
      return delimiter ?? ''
  }
}
