import { CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ExportResult } from '../../../shared/types/exchange.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { useCopy } from '../../components/use-copy.ts'
import { formatNumber } from '../../lib/format.ts'

/** What was written: files, counts, digests, and the fingerprint to be told by a second channel. */
export function ExportDone({ result, onAgain }: { result: ExportResult; onAgain: () => void }) {
  const t = useT()
  const locale = useLocale()
  const copy = useCopy()
  return (
    <div className="stack" data-testid="export-result">
      <div role="status">
        <h2 className="good-word">{t('exports:doneTitle')}</h2>
        <p>
          {t('exports:where')} <span className="mono selectable">{result.bag}</span>
        </p>
      </div>
      <div className="table-scroll" role="region" aria-label={t('exports:doneTitle')} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('exports:file')}</th>
              <th scope="col" className="end">
                {t('exports:rows')}
              </th>
              <th scope="col">{t('exports:sha256')}</th>
            </tr>
          </thead>
          <tbody>
            {result.files.map((file) => (
              <tr key={file.path}>
                <td>{file.path}</td>
                <td className="end">{formatNumber(file.rows, locale)}</td>
                <td className="mono digest">{file.sha256}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <h3>{t('exports:fingerprint')}</h3>
        <p className="fingerprint mono" data-testid="export-fingerprint">
          {result.fingerprint}
          <Button
            type="text"
            size="small"
            icon={<CopyOutlined />}
            aria-label={t('actions.copy')}
            onClick={() => void copy(result.fingerprint)}
          />
        </p>
        <p className="soft">{t('exports:fingerprintText')}</p>
      </div>
      <div>
        <Button onClick={onAgain} data-testid="export-again">
          {t('exports:again')}
        </Button>
      </div>
    </div>
  )
}
