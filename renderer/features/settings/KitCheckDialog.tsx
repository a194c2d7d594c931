// A kit is typed in and tried against the vault's keys. The code lives in this dialog only while it stands.
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { RecoveryGroups } from '../../components/RecoveryGroups.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { codeOf, emptyGroups, recoveryLength, wrongGroups } from '../../lib/recovery-groups.ts'
import { useDataStore } from '../../stores/data.ts'
import { useKitName } from './kit-name.ts'

export function KitCheckDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <PlainDialog open={open} onClose={onClose} width={760} title={t('people:kits.checkTitle')}>
      <Form onClose={onClose} />
    </PlainDialog>
  )
}

function Form({ onClose }: { onClose: () => void }) {
  const t = useT()
  const nameOf = useKitName()
  const [groups, setGroups] = useState<readonly string[]>(emptyGroups)
  const [found, setFound] = useState<string>()
  useEffect(() => () => setGroups(emptyGroups), [])
  const check = useAction(async () => {
    setFound(undefined)
    const { name } = await call('kits.check', { code: codeOf(groups) })
    setGroups(emptyGroups)
    setFound(name)
    useDataStore.getState().bump()
  })
  const wrong = wrongGroups(check.error)
  const complete = groups.join('').length === recoveryLength
  return (
    <OwnForm className="stack-small" ready={complete} onSubmit={() => check.run()}>
      <p>{t('people:kits.checkText')}</p>
      <RecoveryGroups
        groups={groups}
        onChange={(next) => {
          check.clear()
          setGroups(next)
        }}
        wrong={wrong}
        testId="kits-check-group"
      />
      {check.error !== undefined && (
        <ActionError error={check.error} onOpened={check.clear}>
          {wrong.map((group) => (
            <p key={group} className="error-what">
              {t('vault:recover.groupError', { n: group + 1 })}
            </p>
          ))}
        </ActionError>
      )}
      {found !== undefined && (
        <p className="good-word" role="status" data-testid="kits-check-result">
          {t('people:kits.checkGood', { name: nameOf(found) })}
        </p>
      )}
      <div className="wizard-foot end">
        <Button onClick={onClose}>{t('actions.close')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!complete}
          loading={check.busy}
          data-testid="kits-check-submit"
        >
          {t('people:kits.checkButton')}
        </Button>
      </div>
    </OwnForm>
  )
}
