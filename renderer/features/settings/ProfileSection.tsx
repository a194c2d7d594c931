import { App, Button } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ProfileFields } from '../../components/ProfileFields.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { emptyDraft } from '../create/draft.ts'
import { useDataStore } from '../../stores/data.ts'
import { useSessionStore } from '../../stores/session.ts'

/** Company and custodian; owners change them. */
export function ProfileSection() {
  const t = useT()
  const { message } = App.useApp()
  const session = useSessionStore((state) => state.session)
  const [company, setCompany] = useState(session?.company ?? emptyDraft.company)
  const [custodian, setCustodian] = useState(session?.custodian ?? emptyDraft.custodian)
  const owner = session?.role === 'owner'
  const save = useAction(async () => {
    useSessionStore.getState().update(await call('vault.setProfile', { company, custodian }))
    useDataStore.getState().bump()
    message.success(t('vault:settings.saved'), 2)
  })
  return (
    <OwnForm className="card stack" onSubmit={() => save.run()}>
      <div>
        <h2>{t('vault:settings.profile')}</h2>
        <p className="soft">{owner ? t('vault:settings.profileHint') : t('vault:settings.ownerOnly')}</p>
      </div>
      <ProfileFields
        company={company}
        custodian={custodian}
        onCompany={setCompany}
        onCustodian={setCustodian}
        disabled={!owner}
        testId="settings"
      />
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      {owner && (
        <div>
          <Button
            type="primary"
            htmlType="submit"
            loading={save.busy}
            disabled={company.name.trim() === ''}
            data-testid="settings-save"
          >
            {t('actions.save')}
          </Button>
        </div>
      )}
    </OwnForm>
  )
}
