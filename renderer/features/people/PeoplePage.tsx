// Who can open the vault. Owners act; others see the list.
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { Member } from '../../../shared/types/vault.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Loading } from '../../components/Loading.tsx'
import { OutcomeNotice } from '../../components/OutcomeNotice.tsx'
import { Page } from '../../components/Page.tsx'
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx'
import { formatInstant } from '../../lib/format.ts'
import { runJob } from '../../stores/jobs.ts'
import { runAct, useOutcome } from '../../stores/outcome.ts'
import { useSessionStore } from '../../stores/session.ts'
import { AddPerson } from './AddPerson.tsx'
import { MemberState } from './MemberState.tsx'
import { PersonDetail } from './PersonDetail.tsx'

export function PeoplePage() {
  const t = useT()
  const { data, error, reload } = useCall('users.list', {})
  const session = useSessionStore((state) => state.session)
  const busy = useOutcome((state) => state.running > 0)
  const [adding, setAdding] = useState(false)
  const [rotating, setRotating] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const columns = useColumns()
  const owner = session?.role === 'owner'
  const due = session?.warnings.includes('rotation.due') ?? false
  const items = data?.items ?? []
  const person = items.find((one) => one.id === chosen)
  const owners = items.filter((one) => one.role === 'owner' && one.state === 'active')
  return (
    <Page
      title={t('people:title')}
      purpose={t('people:purpose')}
      fill
      tools={
        <>
          <span className="tools-note" data-testid="people-count">
            {data !== undefined && t('people:count', { n: items.length })}
            {session !== undefined && !owner && ` · ${t('people:ownerOnly')}`}
          </span>
          {owner && (
            <span className="tools-end">
              <Button disabled={busy} onClick={() => setRotating(true)} data-testid="people-rotate">
                {t('people:rotate')}
              </Button>
              <Button
                type="primary"
                icon={<PlusOutlined />}
                disabled={busy}
                onClick={() => setAdding(true)}
                data-testid="people-add"
              >
                {t('people:add')}
              </Button>
            </span>
          )}
        </>
      }
    >
      <OutcomeNotice of="people" />
      {due && owner && (
        <div className="notice-bar" role="status" data-testid="people-rotation-due">
          <span>{t('people:rotateDue')}</span>
          <Button size="small" disabled={busy} onClick={() => setRotating(true)}>
            {t('people:rotate')}
          </Button>
        </div>
      )}
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Loading rows={4} />}
      {data !== undefined && (
        <div className="split">
          <VirtualTable
            label={t('people:title')}
            columns={columns}
            total={items.length}
            rowAt={(index) => items[index]}
            onRange={nothing}
            onOpen={(row) => setChosen(row.id)}
            onEscape={() => setChosen(undefined)}
            isCurrent={(row) => row.id === chosen}
            listKey="people"
            testId="people-table"
          />
          {person !== undefined && (
            <PersonDetail
              key={person.id}
              person={person}
              lastOwner={owners.length <= 1}
              onClose={() => setChosen(undefined)}
            />
          )}
        </div>
      )}
      <AddPerson
        open={adding}
        taken={items.map((one) => one.name)}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false)
          setChosen(id)
        }}
      />
      <ConfirmDialog
        open={rotating}
        title={t('people:rotateTitle')}
        confirm={t('people:rotate')}
        testId="people-rotate"
        onClose={() => setRotating(false)}
        onConfirm={() => {
          setRotating(false)
          void runAct('rotate', '', () => runJob('rotate', 'vault.rotate', {}))
        }}
      >
        <p>{t('people:rotateText')}</p>
        <p className="soft">{t('people:rotateWhen')}</p>
      </ConfirmDialog>
    </Page>
  )
}

/** The whole list is here already: there is nothing to fetch for the rows that come into view. */
function nothing(): void {
  return undefined
}

function useColumns(): Column<Member>[] {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  const self = useSessionStore((state) => state.session?.userId)
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('people:columns.name'),
        width: 'minmax(140px, 1fr)',
        render: (row) => (
          <>
            {row.name}
            {row.id === self && <span className="soft"> · {t('people:you')}</span>}
          </>
        ),
      },
      {
        key: 'role',
        title: t('people:columns.role'),
        width: '120px',
        render: (row) => t(`role.${row.role}`),
      },
      {
        key: 'state',
        title: t('people:columns.state'),
        width: '152px',
        render: (row) => <MemberState person={row} />,
      },
      {
        key: 'lastUnlock',
        title: t('people:columns.lastUnlock'),
        width: 'minmax(176px, 1fr)',
        render: (row) =>
          row.lastUnlock === null ? (
            <span className="soft">{t('people:never')}</span>
          ) : (
            formatInstant(row.lastUnlock, locale, timeZone)
          ),
      },
    ],
    [t, locale, timeZone, self],
  )
}
