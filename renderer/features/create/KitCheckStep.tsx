// One kit is typed back from paper: each group is compared with the code that this page still holds.
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useT } from '../../app/i18n.ts'
import { RecoveryGroups } from '../../components/RecoveryGroups.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { emptyGroups, groupsOf, groupState } from '../../lib/recovery-groups.ts'

interface Props {
  codes: readonly string[]
  busy: boolean
  onBack: () => void
  onDone: () => void
}

export function KitCheckStep({ codes, busy, onBack, onDone }: Props) {
  const t = useT()
  const [which, setWhich] = useState(0)
  const [groups, setGroups] = useState<readonly string[]>(emptyGroups)
  const expected = groupsOf(codes[which] ?? '')
  const wrong = groups.flatMap((group, index) =>
    groupState(group, index, expected[index]) === 'wrong' ? [index + 1] : [],
  )
  const right = groups.every((group, index) => groupState(group, index, expected[index]) === 'right')
  return (
    <OwnForm className="stack" ready={right} onSubmit={() => onDone()}>
      <div>
        <h2>{t('vault:create.checkTitle')}</h2>
        <p>{t('vault:create.checkLead')}</p>
      </div>
      <Segmented
        aria-label={t('vault:create.checkWhich')}
        value={which}
        options={codes.map((_, index) => ({ value: index, label: t('vault:create.kit', { n: index + 1 }) }))}
        onChange={(value) => {
          setWhich(value)
          setGroups(emptyGroups)
        }}
      />
      <RecoveryGroups groups={groups} onChange={setGroups} expected={expected} testId="check-group" />
      <div role="status" data-testid="check-state">
        {wrong.map((n) => (
          <p key={n} className="error-what">
            {t('vault:create.groupWrong', { n })}
          </p>
        ))}
        {right && <p className="good-word">{t('vault:create.checkGood')}</p>}
      </div>
      <div className="wizard-foot">
        <Button onClick={onBack} data-testid="check-back">
          {t('vault:create.checkBack')}
        </Button>
        <Button type="primary" htmlType="submit" disabled={!right} loading={busy} data-testid="check-finish">
          {t('vault:create.checkFinish')}
        </Button>
      </div>
    </OwnForm>
  )
}
