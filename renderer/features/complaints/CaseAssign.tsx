import { Button, Select } from 'antd'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import type { Member } from '../../../shared/types/vault.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Field } from '../../components/Field.tsx'
import { useSessionStore } from '../../stores/session.ts'

interface Props {
  detail: ComplaintDetail
  onChange: (detail: ComplaintDetail) => void
}

/** Who has the case; one press takes it. */
export function CaseAssign({ detail, onChange }: Props) {
  const t = useT()
  const session = useSessionStore((state) => state.session)
  const people = useCall('users.list', {}).data?.items ?? []
  const { assignee } = detail.case
  const assign = useAction(async (person: Member['id'] | null) => {
    onChange(await call('complaints.work', { id: detail.complaint.id, patch: { assignee: person } }))
  })
  const mine = assignee?.id === session?.userId
  const options = people
    .filter(({ id, state }) => state === 'active' || id === assignee?.id)
    .map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <div className="case-assign">
      <Field label={t('cases:assignee')}>
        {({ id }) => (
          <div className="case-assign-line">
            <Select
              id={id}
              className="full"
              allowClear
              placeholder={t('cases:nobody')}
              value={assignee === null ? null : String(assignee.id)}
              disabled={session?.role === 'auditor'}
              loading={assign.busy}
              onChange={(value: string | undefined) => {
                const person = people.find(({ id: personId }) => personId === value)
                // Taken away on purpose, or somebody of the list; never nobody by mistake.
                if (value === undefined || person !== undefined) assign.run(person?.id ?? null)
              }}
              data-testid="case-assignee"
              options={options}
            />
            {!mine && session !== undefined && session.role !== 'auditor' && (
              <Button
                loading={assign.busy}
                onClick={() => assign.run(session.userId)}
                data-testid="case-assign-me"
              >
                {t('cases:assignToMe')}
              </Button>
            )}
          </div>
        )}
      </Field>
      {assign.error !== undefined && <ErrorNotice error={assign.error} />}
    </div>
  )
}
