import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Complaint, complaintIdentityFields } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { WarningWords } from '../../components/WarningWords.tsx'
import { formatAmount, formatClock } from '../../lib/format.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CaseEdit } from './CaseEdit.tsx'

const plainFields = [
  'receivedAt',
  'channel',
  'category',
  'subcategory',
  'issue',
  'subIssue',
  'amount',
  'handler',
  'closedAt',
] as const

/** Customer, amounts, dates; identities masked. */
export function CaseFacts({ complaint }: { complaint: Complaint }) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const texts = useTexts()
  const locale = useLocale()
  const labels = texts.complaints.fields
  const reveal = (field: string) => async (reason: string) => {
    const values = await call('complaints.reveal', { id: complaint.id, fields: [field], reason })
    return values[field] ?? ''
  }
  const shown = (field: (typeof plainFields)[number]): ReactNode => {
    if (field === 'amount') return formatAmount(complaint.amount, locale)
    if (field === 'receivedAt' || field === 'closedAt') return formatClock(complaint[field], locale)
    return complaint[field]
  }
  const { customerId } = complaint
  return (
    <section>
      <header className="section-head">
        <h2 className="section-title">{t('complaints:facts')}</h2>
        {role !== 'auditor' && (
          <Button
            size="small"
            icon={<EditOutlined />}
            onClick={() => setEditing(true)}
            data-testid="case-edit"
          >
            {t('actions.edit')}
          </Button>
        )}
      </header>
      <CaseEdit open={editing} complaint={complaint} onClose={() => setEditing(false)} />
      <dl className="facts">
        <div className="fact">
          <dt>{t('complaints:customer')}</dt>
          <dd>
            {customerId === null ? (
              <span className="soft">{t('complaints:noCustomer')}</span>
            ) : (
              <button
                type="button"
                className="link"
                onClick={() => go({ name: 'customers', id: customerId })}
                data-testid="case-customer"
              >
                {complaint.customerNo === '' ? t('actions.open') : complaint.customerNo}
              </button>
            )}
          </dd>
        </div>
        {complaintIdentityFields
          .filter((field) => field === 'customerName' || field === 'customerMobile')
          .map((field) => (
            <div key={field} className="fact">
              <dt>{labels[field]}</dt>
              <dd>
                <MaskedValue
                  label={labels[field]}
                  masked={complaint[field]}
                  reveal={reveal(field)}
                  testId={`reveal-${field}`}
                />
              </dd>
            </div>
          ))}
        {plainFields
          .filter((field) => complaint[field] !== '')
          .map((field) => (
            <div key={field} className="fact">
              <dt>{labels[field]}</dt>
              <dd>{shown(field)}</dd>
            </div>
          ))}
        {complaint.extraColumns.map((column) => (
          <div key={column} className="fact">
            <dt>{column}</dt>
            <dd>
              <MaskedValue
                label={column}
                masked="***"
                reveal={reveal(`extra:${column}`)}
                testId="reveal-extra"
              />
            </dd>
          </div>
        ))}
        <div className="fact">
          <dt>{t('customers:source')}</dt>
          <dd>
            {complaint.source === null
              ? t('customers:sourceHand')
              : t('customers:sourceText', { file: complaint.source.fileName, row: complaint.source.row })}
          </dd>
        </div>
      </dl>
      {(complaint.warnings.length > 0 || complaint.duplicate) && (
        <div className="detail-warn">
          <h3>{t('customers:warnings')}</h3>
          {complaint.duplicate && <p>{t('customers:duplicate')}</p>}
          <WarningWords warnings={complaint.warnings} fields={labels} />
        </div>
      )}
    </section>
  )
}
