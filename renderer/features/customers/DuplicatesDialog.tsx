// Two customers who look like one, side by side: merge either way, or say that they are two.
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { type Customer, customerFields } from '../../../shared/types/customer.ts'
import type { DuplicatePair } from '../../../shared/types/customer-work.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { Loading } from '../../components/Loading.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { useDataStore } from '../../stores/data.ts'
import { useIdentitiesOpen } from '../../stores/session.ts'

interface Props {
  open: boolean
  /** Only those who look like this one. */
  customerId?: string
  onClose: () => void
}

export function DuplicatesDialog({ open, customerId, onClose }: Props) {
  const t = useT()
  return (
    <PlainDialog open={open} onClose={onClose} width={880} title={t('customerWork:duplicates.title')}>
      <Pairs customerId={customerId} />
    </PlainDialog>
  )
}

const nameOf = (customer: Customer): string =>
  [customer.customerNo, customer.name].filter((text) => text !== '').join(' ')

function Pairs({ customerId }: { customerId: string | undefined }) {
  const t = useT()
  const opened = useIdentitiesOpen()
  const filter = customerId === undefined ? {} : { id: customerId }
  const { data, error, reload } = useCall('customers.duplicates', opened ? { ...filter, limit: 50 } : null)
  return (
    <div className="stack-small">
      <p className="soft">{t('customerWork:duplicates.purpose')}</p>
      <IdentitiesBanner />
      {!opened && <p className="soft">{t('customerWork:duplicates.closed')}</p>}
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {opened && data === undefined && error === undefined && <Loading rows={4} />}
      {data?.items.length === 0 && (
        <p className="soft" data-testid="duplicates-none">
          {t('customerWork:duplicates.none')}
        </p>
      )}
      {data?.items.map((pair) => (
        <Compared key={`${pair.left.id} ${pair.right.id}`} pair={pair} />
      ))}
      {data?.more === true && <p className="soft">{t('customerWork:duplicates.more')}</p>}
    </div>
  )
}

function Compared({ pair }: { pair: DuplicatePair }) {
  const t = useT()
  const { message } = App.useApp()
  const { left, right } = pair
  const [merging, setMerging] = useState<{ keep: Customer; other: Customer }>()
  const distinct = useAction(async () => {
    await call('customers.setDistinct', { id: left.id, otherId: right.id })
    message.success(t('customerWork:duplicates.notSameDone'), 2)
    useDataStore.getState().bump()
  })
  const fields = customerFields.filter((field) => left[field] !== '' || right[field] !== '')
  return (
    <section className="card stack-small" data-testid="duplicate-pair">
      <p className="warn">
        {pair.reasons.map((reason) => t(`customerWork:duplicates.reasons.${reason}`)).join(' · ')}
      </p>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{t('customerWork:duplicates.field')}</th>
            <th scope="col">{nameOf(left)}</th>
            <th scope="col">{nameOf(right)}</th>
            <th scope="col">{t('customerWork:duplicates.compare')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`customers:fields.${field}`)}</th>
              <td className="mono">{left[field]}</td>
              <td className="mono">{right[field]}</td>
              <td className="soft">
                {left[field] === right[field]
                  ? t('customerWork:duplicates.same')
                  : t('customerWork:duplicates.differs')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {distinct.error !== undefined && <ErrorNotice error={distinct.error} />}
      <div className="compare-tools">
        <Button size="small" onClick={() => setMerging({ keep: left, other: right })} data-testid="keep-left">
          {t('customerWork:duplicates.keepLeft')}
        </Button>
        <Button
          size="small"
          onClick={() => setMerging({ keep: right, other: left })}
          data-testid="keep-right"
        >
          {t('customerWork:duplicates.keepRight')}
        </Button>
        <Button
          size="small"
          type="text"
          loading={distinct.busy}
          onClick={() => distinct.run()}
          data-testid="not-same"
        >
          {t('customerWork:duplicates.notSame')}
        </Button>
      </div>
      {merging !== undefined && (
        <MergeDialog keep={merging.keep} other={merging.other} onClose={() => setMerging(undefined)} />
      )}
    </section>
  )
}

function MergeDialog({ keep, other, onClose }: { keep: Customer; other: Customer; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const merge = useAction(async () => {
    await call('customers.merge', {
      keepId: keep.id,
      mergeId: other.id,
      reason,
      keepRevision: keep.revision,
      mergeRevision: other.revision,
    })
    message.success(t('customerWork:merge.done'), 2)
    onClose()
    useDataStore.getState().bump()
  })
  return (
    <ConfirmDialog
      open
      title={t('customerWork:merge.title')}
      confirm={t('customerWork:merge.confirm')}
      busy={merge.busy}
      disabled={reason.trim() === ''}
      onConfirm={() => merge.run()}
      onClose={onClose}
      testId="merge"
    >
      <p>{t('customerWork:merge.text', { kept: nameOf(keep), merged: nameOf(other) })}</p>
      <Field label={t('customerWork:merge.reason')}>
        {({ id }) => (
          <Input
            id={id}
            value={reason}
            autoFocus
            maxLength={500}
            data-testid="merge-reason"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {merge.error !== undefined && <ErrorNotice error={merge.error} />}
    </ConfirmDialog>
  )
}
