// Finds an existing customer while the caller speaks; answers masked rows only.
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { SearchField } from '../../components/SearchField.tsx'

export interface PickedCustomer {
  id: string
  label: string
}

interface Props {
  value: PickedCustomer | undefined
  onChange: (customer: PickedCustomer | undefined) => void
  /** Of the search field, where the page has one of its own. */
  searchId?: string
}

export function CustomerPicker({ value, onChange, searchId }: Props) {
  const t = useT()
  const [query, setQuery] = useState('')
  const found = useCall('customers.list', query === '' ? null : { query, limit: 6 })
  const onSearch = useCallback((text: string) => setQuery(text), [])
  if (value !== undefined) {
    return (
      <div className="picked" data-testid="picked-customer">
        <span>
          <small className="soft">{t('complaints:linked')}</small>
          <br />
          {value.label}
        </span>
        <Button size="small" onClick={() => onChange(undefined)}>
          {t('complaints:unlink')}
        </Button>
      </div>
    )
  }
  return (
    <div className="picker">
      <SearchField
        label={t('complaints:findCustomer')}
        value={query}
        onSearch={onSearch}
        testId="complaint-find-customer"
        {...(searchId === undefined ? {} : { id: searchId })}
      />
      {query !== '' && found.data !== undefined && (
        <ul className="mini-list">
          {found.data.items.length === 0 && <li className="soft">{t('customers:noMatch')}</li>}
          {found.data.items.map((customer) => (
            <li key={customer.id}>
              <button
                type="button"
                className="mini-row"
                data-testid="picker-customer"
                onClick={() =>
                  onChange({
                    id: customer.id,
                    label: [customer.customerNo, customer.name, customer.mobile]
                      .filter((part) => part !== '')
                      .join('  '),
                  })
                }
              >
                <span className="mono">{customer.customerNo}</span>
                <span>{customer.name}</span>
                <span className="mono">{customer.mobile}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
