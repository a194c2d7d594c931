import { Radio } from 'antd'
import { type MemberRole, memberRoleSchema } from '../../../shared/types/vault.ts'
import { useT } from '../../app/i18n.ts'

interface Props {
  value: MemberRole
  onChange: (role: MemberRole) => void
  testId: string
}

/** A role, with a sentence on what it sees. */
export function RoleChoice({ value, onChange, testId }: Props) {
  const t = useT()
  return (
    <fieldset className="choice">
      <legend className="field-label">{t('people:role')}</legend>
      <Radio.Group
        value={value}
        onChange={(event) => {
          const role = memberRoleSchema.options.find((name) => name === event.target.value)
          if (role !== undefined) onChange(role)
        }}
      >
        {memberRoleSchema.options.map((role) => (
          <Radio key={role} value={role} data-testid={`${testId}-${role}`}>
            <span className="choice-name">{t(`role.${role}`)}</span>
            <span className="choice-text">{t(`people:roleText.${role}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  )
}
