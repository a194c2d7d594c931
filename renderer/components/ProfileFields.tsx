// Company and custodian: the same fields when creating and in the settings.
import { Input, Select } from 'antd'
import { useMemo } from 'react'
import type { Company, Custodian } from '../../shared/types/vault.ts'
import { useT } from '../app/i18n.ts'
import { Field } from './Field.tsx'

interface Props {
  company: Company
  custodian: Custodian
  onCompany: (company: Company) => void
  onCustodian: (custodian: Custodian) => void
  testId: string
  autoFocus?: boolean
  disabled?: boolean
}

export function ProfileFields(props: Props) {
  const { company, custodian, onCompany, onCustodian, testId, disabled = false } = props
  const t = useT()
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone })), [])
  const text = (value: string, onChange: (value: string) => void, name: string, autoFocus = false) =>
    function render({ id, describedBy }: { id: string; describedBy: string }) {
      return (
        <Input
          id={id}
          value={value}
          disabled={disabled}
          autoFocus={autoFocus}
          autoComplete="off"
          maxLength={200}
          aria-describedby={describedBy}
          data-testid={`${testId}-${name}`}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    }
  return (
    <div className="stack">
      <div className="pair">
        <Field label={t('vault:create.company')} hint={t('vault:create.companyHint')}>
          {text(company.name, (name) => onCompany({ ...company, name }), 'company', props.autoFocus ?? false)}
        </Field>
        <Field label={`${t('vault:create.creditCode')} · ${t('optional')}`}>
          {text(company.creditCode, (creditCode) => onCompany({ ...company, creditCode }), 'credit-code')}
        </Field>
        <Field label={`${t('vault:create.address')} · ${t('optional')}`}>
          {text(company.address, (address) => onCompany({ ...company, address }), 'address')}
        </Field>
        <Field label={t('vault:create.timeZone')}>
          {({ id }) => (
            <Select
              id={id}
              className="full"
              showSearch
              disabled={disabled}
              value={company.timeZone}
              options={zones}
              data-testid={`${testId}-time-zone`}
              onChange={(timeZone: string) => onCompany({ ...company, timeZone })}
            />
          )}
        </Field>
      </div>
      <div>
        <h2>{t('vault:create.custodianTitle')}</h2>
        <p className="soft">{t('vault:create.custodianHint')}</p>
      </div>
      <div className="pair">
        <Field label={`${t('vault:create.custodianName')} · ${t('optional')}`}>
          {text(custodian.name, (name) => onCustodian({ ...custodian, name }), 'custodian-name')}
        </Field>
        <Field
          label={`${t('vault:create.capacity')} · ${t('optional')}`}
          hint={t('vault:create.capacityHint')}
        >
          {text(custodian.capacity, (capacity) => onCustodian({ ...custodian, capacity }), 'capacity')}
        </Field>
        <Field
          label={`${t('vault:create.authority')} · ${t('optional')}`}
          hint={t('vault:create.authorityHint')}
        >
          {text(custodian.authority, (authority) => onCustodian({ ...custodian, authority }), 'authority')}
        </Field>
        <Field label={`${t('vault:create.contact')} · ${t('optional')}`}>
          {text(custodian.contact, (contact) => onCustodian({ ...custodian, contact }), 'contact')}
        </Field>
      </div>
    </div>
  )
}
