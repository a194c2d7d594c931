// Transactions of a customer or a case: the newest, masked, with exact sums of all.
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Request } from '../../../shared/contract/index.ts'
import type { ColumnClasses } from '../../../shared/types/field-class.ts'
import type { Transaction, TransactionSum } from '../../../shared/types/transaction.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { ExtraValue } from '../../components/ExtraValue.tsx'
import { MaskedValue } from '../../components/MaskedValue.tsx'
import { TradeSecret } from '../../components/TradeSecret.tsx'
import { formatAmount, formatClock, formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'
import { TransactionForm } from './TransactionForm.tsx'

const shown = 50

interface Props {
  /** Whose they are. */
  of: { customerId: string } | { complaintId: string; customerId: string | null }
}

export function TransactionList({ of }: Props) {
  const t = useT()
  const locale = useLocale()
  const [adding, setAdding] = useState(false)
  const [linking, setLinking] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const complaintId = 'complaintId' in of ? of.complaintId : undefined
  const { customerId } = of
  const filter: Request<'transactions.list'> =
    complaintId === undefined ? { customerId: customerId ?? undefined } : { complaintId }
  const { data, error, reload } = useCall('transactions.list', { ...filter, limit: shown })
  const classes = useCall('fields.getClasses', {}).data?.transactions
  return (
    <section className="detail-section" data-testid="transactions">
      <header className="section-head">
        <h3>
          {t('transactions:title')}
          {data !== undefined && data.total > 0 && ` · ${formatNumber(data.total, locale)}`}
        </h3>
        {complaintId !== undefined && role !== 'auditor' && (
          <Button size="small" onClick={() => setLinking(!linking)} data-testid="transaction-link">
            {t('transactions:link')}
          </Button>
        )}
        {complaintId === undefined && role !== undefined && holdsIdentities(role) && (
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => setAdding(true)}
            data-testid="transaction-add"
          >
            {t('transactions:add')}
          </Button>
        )}
      </header>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data?.total === 0 && <p className="soft">{t('transactions:none')}</p>}
      {data !== undefined && data.sums !== null && data.sums.length > 0 && (
        <ul className="plain-list figures" aria-label={t('transactions:sums')} data-testid="transaction-sums">
          {data.sums.map((sum) => (
            <li key={`${sum.kind} ${sum.currency}`}>
              <Sum sum={sum} />
            </li>
          ))}
        </ul>
      )}
      {linking && complaintId !== undefined && (
        <LinkTransaction complaintId={complaintId} onDone={() => setLinking(false)} />
      )}
      <ul className="plain-list">
        {data?.items.map((item) => (
          <TransactionLine key={item.id} item={item} classes={classes} complaintId={complaintId} />
        ))}
      </ul>
      {data !== undefined && data.total > shown && (
        <p className="soft">{t('transactions:more', { n: formatNumber(data.total - shown, locale) })}</p>
      )}
      {customerId !== null && (
        <TransactionForm open={adding} customerId={customerId} onClose={() => setAdding(false)} />
      )}
    </section>
  )
}

function Sum({ sum }: { sum: TransactionSum }) {
  const t = useT()
  const locale = useLocale()
  const kind = t(`transactions:kinds.${sum.kind}`)
  const count = formatNumber(sum.count, locale)
  if (sum.amount === null) return <TradeSecret label={t('transactions:countOnly', { kind, count })} />
  return (
    <>
      {t('transactions:sum', {
        kind,
        count,
        amount: formatAmount(sum.amount, locale),
        currency: sum.currency || t('transactions:noCurrency'),
      })}
      {sum.withoutAmount !== null && sum.withoutAmount > 0 && (
        <span className="soft">
          {' '}
          {t('transactions:withoutAmount', { n: formatNumber(sum.withoutAmount, locale) })}
        </span>
      )}
    </>
  )
}

interface LineProps {
  item: Transaction
  classes: ColumnClasses['transactions']
  complaintId: string | undefined
}

function TransactionLine({ item, classes, complaintId }: LineProps) {
  const t = useT()
  const locale = useLocale()
  const role = useSessionStore((state) => state.session?.role)
  const [editing, setEditing] = useState(false)
  const unlink = useAction(async () => {
    if (complaintId === undefined) return
    await call('transactions.link', { id: item.id, complaintId, linked: false })
    useDataStore.getState().bump()
  })
  const texts = [item.status ?? '', item.description].filter((text) => text !== '')
  const reveal = (field: string) => async (reason: string) => {
    const values = await call('transactions.reveal', { id: item.id, fields: [field], reason })
    return values[field] ?? ''
  }
  return (
    <li className="transaction" data-testid="transaction">
      <p className="transaction-line">
        <span className="mono">{item.transactionNo}</span>
        <span>{t(`transactions:kinds.${item.kind}`)}</span>
        {item.date === null ? (
          <TradeSecret label={t('transactions:fields.date')} />
        ) : (
          <span>{formatClock(item.date, locale)}</span>
        )}
        <span className="figures transaction-amount">
          {item.amount === null ? (
            <TradeSecret label={t('transactions:fields.amount')} />
          ) : (
            `${formatAmount(item.amount, locale)} ${item.currency ?? ''}`
          )}
        </span>
      </p>
      {texts.length > 0 && <p className="soft">{texts.join(' · ')}</p>}
      {item.status === null && (
        <p>
          <TradeSecret label={t('transactions:fields.status')} />
        </p>
      )}
      <p className="transaction-tools">
        {item.description !== '' && (
          <MaskedValue
            label={t('transactions:fields.description')}
            masked={item.description}
            kind="text"
            reveal={reveal('description')}
            testId="reveal-transaction"
          >
            {t('transactions:show')}
          </MaskedValue>
        )}
        {item.extraColumns.map((column) => (
          <span key={column}>
            <span className="soft">{column}</span>{' '}
            <ExtraValue
              column={column}
              classes={classes}
              values={item.extraValues}
              reveal={reveal(`extra:${column}`)}
              testId="reveal-transaction-extra"
            />
          </span>
        ))}
        {role !== undefined && holdsIdentities(role) && (
          <Button
            size="small"
            type="text"
            aria-label={t('transactions:editOne', { number: item.transactionNo })}
            onClick={() => setEditing(true)}
            data-testid="transaction-edit"
          >
            {t('transactions:edit')}
          </Button>
        )}
        {complaintId !== undefined && role !== 'auditor' && (
          <Button size="small" type="text" loading={unlink.busy} onClick={() => unlink.run()}>
            {t('transactions:unlink')}
          </Button>
        )}
      </p>
      {unlink.error !== undefined && <ErrorNotice error={unlink.error} />}
      <TransactionForm
        open={editing}
        customerId={null}
        transaction={item}
        onClose={() => setEditing(false)}
      />
    </li>
  )
}

function LinkTransaction({ complaintId, onDone }: { complaintId: string; onDone: () => void }) {
  const t = useT()
  const [number, setNumber] = useState('')
  const query = number.trim()
  const { data, error } = useCall('transactions.list', query === '' ? null : { query, limit: 6 })
  const link = useAction(async (item: Transaction) => {
    await call('transactions.link', { id: item.id, complaintId })
    useDataStore.getState().bump()
    onDone()
  })
  return (
    <div
      className="stack-small"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onDone()
      }}
    >
      <Field label={t('transactions:fields.transactionNo')} hint={t('transactions:linkHint')}>
        {({ id, describedBy }) => (
          <Input
            id={id}
            value={number}
            autoFocus
            autoComplete="off"
            maxLength={200}
            aria-describedby={describedBy}
            data-testid="transaction-link-number"
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      {error !== undefined && <ErrorNotice error={error} />}
      {query !== '' && data?.total === 0 && <p className="soft">{t('transactions:linkNone')}</p>}
      <ul className="mini-list">
        {query !== '' &&
          data?.items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                className="mini-row"
                data-testid="transaction-pick"
                onClick={() => link.run(item)}
              >
                <span className="mono">{item.transactionNo}</span>
                <span>{t(`transactions:kinds.${item.kind}`)}</span>
                <span className="mini-text">{item.description}</span>
              </button>
            </li>
          ))}
      </ul>
      {link.error !== undefined && <ErrorNotice error={link.error} />}
    </div>
  )
}
