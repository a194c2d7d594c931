// The masked register: a list of any length, one customer beside it.
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { Customer } from '../../../shared/types/customer.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useLocale, useT, useTexts } from '../../app/i18n.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { IdentitiesBanner } from '../../components/IdentitiesBanner.tsx'
import { ListError } from '../../components/ListError.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { usePagedRows } from '../../components/use-paged-rows.ts'
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx'
import { formatNumber } from '../../lib/format.ts'
import { go } from '../../stores/navigation.ts'
import { useLists } from '../../stores/lists.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CustomerDetail } from './CustomerDetail.tsx'
import { DuplicatesDialog } from './DuplicatesDialog.tsx'
import { CustomerForm } from './CustomerForm.tsx'

type CustomerColumn = Column<Customer>

export function CustomersPage({ id }: { id: string | undefined }) {
  const t = useT()
  const locale = useLocale()
  const query = useLists((state) => state.customers.query)
  const [adding, setAdding] = useState(false)
  const [comparing, setComparing] = useState(false)
  const role = useSessionStore((state) => state.session?.role)
  const columns = useColumns(id !== undefined)
  const rows = usePagedRows(query, (offset, limit) =>
    call('customers.list', { offset, limit, ...(query === '' ? {} : { query }) }),
  )
  const onSearch = useCallback((text: string) => useLists.getState().setCustomers({ query: text }), [])
  const close = () => go({ name: 'customers' })
  const mayAdd = role !== undefined && holdsIdentities(role)
  const add = (
    <Button
      type={rows.total === 0 && query === '' ? 'default' : 'primary'}
      icon={<PlusOutlined />}
      onClick={() => setAdding(true)}
      data-testid="customer-add"
    >
      {t('customers:add')}
    </Button>
  )
  return (
    <Page
      title={t('customers:title')}
      purpose={t('customers:purpose')}
      fill
      tools={
        <>
          <SearchField
            label={t('customers:search')}
            value={query}
            onSearch={onSearch}
            testId="customers-search"
          />
          <span className="tools-note" role="status" data-testid="customers-count">
            {rows.total !== undefined && t('table.rows', { total: formatNumber(rows.total, locale) })}
            {query !== '' && rows.searched !== 'none' && ` · ${t(`searched.${rows.searched}`)}`}
          </span>
          <span className="tools-end">
            {mayAdd && rows.total !== undefined && rows.total > 1 && (
              <Button onClick={() => setComparing(true)} data-testid="customers-duplicates">
                {t('customerWork:duplicates.button')}
              </Button>
            )}
            {mayAdd && add}
          </span>
        </>
      }
    >
      <IdentitiesBanner />
      {rows.error !== undefined && <ListError error={rows.error} query={query} onRetry={rows.reload} />}
      {rows.total === undefined && rows.error === undefined && <Loading rows={8} />}
      {rows.total === 0 && query === '' && (
        <EmptyState title={t('customers:empty')} text={t('customers:emptyText')}>
          {mayAdd && (
            <Button type="primary" onClick={() => go({ name: 'imports' })} data-testid="customers-import">
              {t('customers:emptyAction')}
            </Button>
          )}
        </EmptyState>
      )}
      {rows.total === 0 && query !== '' && (
        <EmptyState title={t('customers:noMatch')} text={t('customers:noMatchText')} />
      )}
      {rows.total !== undefined && rows.total > 0 && rows.error?.code !== 'access.denied' && (
        <div className="split">
          <VirtualTable
            label={t('customers:title')}
            columns={columns}
            total={rows.total}
            rowAt={rows.rowAt}
            onRange={rows.onRange}
            onOpen={(row) => go({ name: 'customers', id: row.id })}
            onEscape={close}
            isCurrent={(row) => row.id === id}
            listKey={query}
            testId="customers-table"
          />
          {id !== undefined && <CustomerDetail key={id} id={id} onClose={close} />}
        </div>
      )}
      <DuplicatesDialog open={comparing} onClose={() => setComparing(false)} />
      <CustomerForm
        open={adding}
        onClose={() => setAdding(false)}
        onSaved={(customerId) => {
          setAdding(false)
          go({ name: 'customers', id: customerId })
        }}
      />
    </Page>
  )
}

function useColumns(narrow: boolean): CustomerColumn[] {
  const t = useT()
  const texts = useTexts()
  return useMemo(() => {
    const column = (
      key: 'customerNo' | 'name' | 'mobile' | 'residentId' | 'email' | 'address' | 'bankCard',
      width: string,
    ): CustomerColumn => ({
      key,
      title: texts.customers.fields[key],
      width,
      mono: key !== 'name' && key !== 'address',
      render: (row) => row[key],
    })
    const state: CustomerColumn = {
      key: 'state',
      title: t('customers:state'),
      width: 'minmax(96px, 0.6fr)',
      render: (row) => {
        const words = [
          ...(row.warnings.length > 0 ? [`${t('customers:warnings')} ${row.warnings.length}`] : []),
          ...(row.duplicate ? [t('customers:duplicateShort')] : []),
        ]
        return words.length === 0 ? null : <span className="warn">{words.join(' · ')}</span>
      },
    }
    const core = [
      column('customerNo', '96px'),
      column('name', 'minmax(80px, 0.5fr)'),
      // The longest masks stand whole: a foreign number with its country code, an ID number's 18 places.
      column('mobile', '140px'),
      column('residentId', '148px'),
    ]
    return narrow
      ? [...core, state]
      : [...core, column('email', 'minmax(150px, 0.9fr)'), column('address', 'minmax(150px, 1.1fr)'), state]
  }, [narrow, t, texts])
}
