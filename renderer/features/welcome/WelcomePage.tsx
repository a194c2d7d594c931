// The first screen: five ways on, the easiest one first.
import { Button } from 'antd'
import { useId, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { landingRoute } from '../../app/landing.ts'
import { useT } from '../../app/i18n.ts'
import { ClosedFrame } from '../../components/ClosedFrame.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { PathField } from '../../components/PathField.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { runJob } from '../../stores/jobs.ts'
import { go } from '../../stores/navigation.ts'
import { useSessionStore } from '../../stores/session.ts'

export function WelcomePage() {
  const t = useT()
  const pathId = useId()
  const [path, setPath] = useState('')
  const info = useSessionStore((state) => state.info)
  const recents = useCall('app.listRecents', {})
  const sample = useAction(async () => {
    const opened = await runJob('sample', 'vault.createSample', {})
    useSessionStore.getState().open(opened.path, opened.session, true)
    go(landingRoute(opened.session))
  })
  const items = recents.data?.items ?? []
  const openPath = () => {
    if (path.trim() !== '') go({ name: 'unlock', path: path.trim() })
  }
  return (
    <ClosedFrame wide>
      <div className="welcome">
        <section className="welcome-lead">
          <h1>{t('vault:welcome.title')}</h1>
          <p>{t('vault:welcome.lead')}</p>
          <h2>{t('vault:welcome.sampleTitle')}</h2>
          <p className="soft">{t('vault:welcome.sampleText')}</p>
          <Button
            type={items.length === 0 ? 'primary' : 'default'}
            size="large"
            loading={sample.busy}
            onClick={() => sample.run()}
            data-testid="welcome-sample"
          >
            {t('vault:welcome.sampleButton')}
          </Button>
          {sample.error !== undefined && <ErrorNotice error={sample.error} />}
          {info !== undefined && (
            <p className="soft welcome-version">{t('vault:welcome.version', { version: info.version })}</p>
          )}
        </section>
        <div className="welcome-ways">
          <section className="way">
            <h2>{t('vault:welcome.openTitle')}</h2>
            <p className="soft">{t('vault:welcome.openText')}</p>
            {items.length > 0 && (
              <ul className="recents" aria-label={t('vault:welcome.recents')}>
                {items.slice(0, 5).map((item) => (
                  <li key={item.path}>
                    <button
                      type="button"
                      className="recent"
                      disabled={!item.exists}
                      onClick={() => go({ name: 'unlock', path: item.path })}
                      data-testid="recent-vault"
                    >
                      <span className="recent-name">{item.name}</span>
                      <span className="recent-path">
                        {item.exists ? item.path : t('vault:welcome.recentMissing')}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            <OwnForm className="way-open" onSubmit={() => openPath()}>
              <label className="sr-only" htmlFor={pathId}>
                {t('vault:welcome.path')}
              </label>
              <PathField
                id={pathId}
                purpose="open-vault"
                value={path}
                onChange={setPath}
                testId="welcome-path"
              />
              <Button htmlType="submit" disabled={path.trim() === ''} data-testid="welcome-open">
                {t('vault:welcome.openButton')}
              </Button>
            </OwnForm>
          </section>
          <section className="way">
            <h2>{t('vault:welcome.createTitle')}</h2>
            <p className="soft">{t('vault:welcome.createText')}</p>
            <Button onClick={() => go({ name: 'create' })} data-testid="welcome-create">
              {t('vault:welcome.createButton')}
            </Button>
          </section>
          <section className="way">
            <h2>{t('backups:restoreTitle')}</h2>
            <p className="soft">{t('backups:restoreText')}</p>
            <Button onClick={() => go({ name: 'restore' })} data-testid="welcome-restore">
              {t('vault:welcome.restoreButton')}
            </Button>
          </section>
          <section className="way">
            <h2>{t('vault:welcome.checkTitle')}</h2>
            <p className="soft">{t('vault:welcome.checkText')}</p>
            <Button onClick={() => go({ name: 'checkBag' })} data-testid="welcome-check-bag">
              {t('vault:welcome.checkButton')}
            </Button>
          </section>
        </div>
      </div>
    </ClosedFrame>
  )
}
