// One customer: masked values that can be revealed, where the row came from, what was odd about it, the complaints.
import { CloseOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { type Customer, customerIdentityFields } from '../../../shared/types/customer.ts'
import type { CustomerOverview } from '../../../shared/types/customer-work.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { ExtraValue } from '../../components/ExtraValue.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { StatusWord } from '../../components/StatusWord.tsx'
import { WarningWords } from '../../components/WarningWords.tsx'
import { isOwnEscape } from '../../lib/escape.ts'
import { formatClock, formatInstant, formatNumber } from '../../lib/format.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CallerButton } from './CallerDialog.tsx'
import { CustomerFacts } from './CustomerFacts.tsx'
import { CustomerForm } from './CustomerForm.tsx'
import { DuplicatesDialog } from './DuplicatesDialog.tsx'
import { MergedRecords } from './MergedRecords.tsx'
import { Relations } from './Relations.tsx'
import { TransactionList } from './TransactionList.tsx'

/** Reveals one field of one customer; the entry in the log comes first. */
async function revealField(id: string, field: string, reason: string): Promise<string> {
  const values = await call('customers.reveal', { id, fields: [field], reason })
  return values[field] ?? ''
}

export function CustomerDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const { data, error, reload } = useCall('customers.overview', { id })
  return (
    <aside
      className="detail"
      aria-label={data?.customer.customerNo ?? t('customers:title')}
      data-testid="customer-detail"
      onKeyDown={(event) => {
        if (isOwnEscape(event)) onClose()
      }}
    >
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Loading rows={8} />}
      {data !== undefined && <Facts overview={data} onClose={onClose} />}
    </aside>
  )
}

function Facts({ overview, onClose }: { overview: CustomerOverview; onClose: () => void }) {
  const classes = useCall('fields.getClasses', {}).data?.customers
  const { customer } = overview
  const t = useT()
  const texts = useTexts()
  const locale = useLocale()
  const [editing, setEditing] = useState(false)
  const [comparing, setComparing] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const fields = texts.customers.fields
  return (
    <>
      <header className="detail-head">
        <h2>
          {customer.name === '' ? customer.customerNo : customer.name}
          <small className="mono">{customer.customerNo}</small>
        </h2>
        <CallerButton customerId={customer.id} />
        {role !== undefined && holdsIdentities(role) && (
          <Button
            size="small"
            icon={<EditOutlined />}
            onClick={() => setEditing(true)}
            data-testid="customer-edit"
          >
            {t('actions.edit')}
          </Button>
        )}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('customers:close')}
          onClick={onClose}
          data-testid="customer-close"
        />
      </header>
      {overview.duplicates !== null && overview.duplicates > 0 && (
        <p className="detail-warn">
          {t('customerWork:duplicates.count', { n: formatNumber(overview.duplicates, locale) })}{' '}
          <button
            type="button"
            className="link"
            onClick={() => setComparing(true)}
            data-testid="customer-compare"
          >
            {t('customerWork:duplicates.compare')}
          </button>
        </p>
      )}
      <DuplicatesDialog open={comparing} customerId={customer.id} onClose={() => setComparing(false)} />
      {(customer.warnings.length > 0 || customer.duplicate) && (
        <section className="detail-warn">
          <h3>{t('customers:warnings')}</h3>
          {customer.duplicate && <p>{t('customers:duplicate')}</p>}
          <WarningWords warnings={customer.warnings} fields={fields} />
        </section>
      )}
      <dl className="facts">
        {customerIdentityFields.map((field) => (
          <div key={field} className="fact">
            <dt>{fields[field]}</dt>
            <dd>
              <MaskedValue
                label={fields[field]}
                masked={customer[field]}
                reveal={(reason) => revealField(customer.id, field, reason)}
                testId={`reveal-${field}`}
              />
            </dd>
          </div>
        ))}
        <div className="fact">
          <dt>{fields.registeredOn}</dt>
          <dd>
            {customer.registeredOn === '' ? (
              <span className="soft">—</span>
            ) : (
              formatClock(customer.registeredOn, locale)
            )}
          </dd>
        </div>
        {customer.extraColumns.map((column) => (
          <div key={column} className="fact">
            <dt>{column}</dt>
            <dd>
              <ExtraValue
                column={column}
                classes={classes}
                values={customer.extraValues}
                reveal={(reason) => revealField(customer.id, `extra:${column}`, reason)}
                testId="reveal-extra"
              />
            </dd>
          </div>
        ))}
        <div className="fact">
          <dt>{t('customers:source')}</dt>
          <dd>
            {customer.source === null
              ? t('customers:sourceHand')
              : t('customers:sourceText', { file: customer.source.fileName, row: customer.source.row })}
            <br />
            <span className="soft">
              {t('customers:updated', { at: formatInstant(customer.updatedAt, locale, timeZone) })}
            </span>
          </dd>
        </div>
      </dl>
      <CustomerComplaints customer={customer} />
      <TransactionList of={{ customerId: customer.id }} />
      <Relations overview={overview} />
      <CustomerFacts overview={overview} />
      <MergedRecords overview={overview} />
      <CustomerForm
        open={editing}
        customer={customer}
        onClose={() => setEditing(false)}
        onSaved={() => setEditing(false)}
      />
    </>
  )
}

function CustomerComplaints({ customer }: { customer: Customer }) {
  const t = useT()
  const locale = useLocale()
  const role = useSessionStore((state) => state.session?.role)
  const { data, error, reload } = useCall('complaints.list', { customerId: customer.id, limit: 50 })
  return (
    <section className="detail-section">
      <header className="section-head">
        <h3>
          {t('customers:complaints')}
          {data !== undefined && data.total > 0 && ` · ${data.total}`}
        </h3>
        {role !== 'auditor' && (
          <Button
            size="small"
            icon={<PlusOutlined />}
            data-testid="customer-new-complaint"
            onClick={() =>
              go({
                name: 'newComplaint',
                customerId: customer.id,
                customerLabel: [customer.customerNo, customer.name].filter((text) => text !== '').join(' '),
              })
            }
          >
            {t('customers:newComplaint')}
          </Button>
        )}
      </header>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data?.total === 0 && <p className="soft">{t('customers:noComplaints')}</p>}
      <ul className="mini-list">
        {data?.items.map((complaint) => (
          <li key={complaint.id}>
            <button
              type="button"
              className="mini-row"
              onClick={() => go({ name: 'complaints', id: complaint.id })}
            >
              <span className="mono">{complaint.complaintNo}</span>
              <span>{formatClock(complaint.receivedAt.slice(0, 10), locale)}</span>
              <StatusWord status={complaint.status} />
              <span className="mini-text">{complaint.category}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
