import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import type { Customer } from '../../../shared/types/customer.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ExtraValue } from '../../components/ExtraValue.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { WarningWords } from '../../components/WarningWords.tsx'
import { formatAmount, formatClock } from '../../lib/format.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CallerButton } from '../customers/CallerDialog.tsx'
import { CaseEdit } from './CaseEdit.tsx'
import { CaseManage } from './CaseManage.tsx'
import { saidFacts } from './said-facts.ts'

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

interface Props {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

/** Customer, amounts, dates; identities masked. */
export function CaseFacts({ detail, onChange }: Props) {
  const t = useT()
  const { complaint, case: facts } = detail
  const [managing, setManaging] = useState(false)
  const [editing, setEditing] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const texts = useTexts()
  const locale = useLocale()
  const labels = texts.complaints.fields
  const reveal = (field: string) => async (reason: string) => {
    const values = await call('complaints.reveal', { id: complaint.id, fields: [field], reason })
    return values[field] ?? ''
  }
  const revealLinked = (id: Customer['id'], field: string) => async (reason: string) => {
    const values = await call('customers.reveal', { id, fields: [field], reason })
    return values[field] ?? ''
  }
  const shown = (field: (typeof plainFields)[number]): ReactNode => {
    if (field === 'amount') return `${formatAmount(complaint.amount, locale)} ${facts.currency}`.trim()
    if (field === 'receivedAt' || field === 'closedAt') return formatClock(complaint[field], locale)
    return complaint[field]
  }
  const said = saidFacts(facts, texts.cases, locale)
  const { customerId } = complaint
  // Most tables of complaints hold a customer number only: name and mobile then come from the linked customer.
  const classes = useCall('fields.getClasses', {}).data?.complaints
  const linked = useCall('customers.get', customerId === null ? null : { id: customerId }).data
  const card = [
    { field: 'customerName', from: 'name' },
    { field: 'customerMobile', from: 'mobile' },
  ] as const
  return (
    <section>
      <header className="section-head">
        <h2 className="section-title">{t('complaints:facts')}</h2>
        {role !== undefined && role !== 'auditor' && (
          <Button size="small" onClick={() => setManaging(true)} data-testid="case-manage">
            {t('cases:manage')}
          </Button>
        )}
        {role !== undefined && holdsIdentities(role) && (
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
      <CaseManage open={managing} detail={detail} onChange={onChange} onClose={() => setManaging(false)} />
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
            )}{' '}
            {customerId !== null && <CallerButton customerId={customerId} />}
          </dd>
        </div>
        {card.map(({ field, from }) => {
          const own = complaint[field] !== '' || linked === undefined
          return (
            <div key={field} className="fact">
              <dt>{labels[field]}</dt>
              <dd>
                <MaskedValue
                  key={own ? 'own' : 'linked'}
                  label={labels[field]}
                  masked={own ? complaint[field] : linked[from]}
                  reveal={own ? reveal(field) : revealLinked(linked.id, from)}
                  testId={`reveal-${field}`}
                />
              </dd>
            </div>
          )
        })}
        {plainFields
          .filter((field) => complaint[field] !== '')
          .map((field) => (
            <div key={field} className="fact">
              <dt>{labels[field]}</dt>
              <dd>{shown(field)}</dd>
            </div>
          ))}
        {said.map(([label, value]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {complaint.extraColumns.map((column) => (
          <div key={column} className="fact">
            <dt>{column}</dt>
            <dd>
              <ExtraValue
                column={column}
                classes={classes}
                values={complaint.extraValues}
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
