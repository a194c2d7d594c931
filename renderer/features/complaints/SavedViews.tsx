// Saved views: queue, filters and order under a name, a person's own or everybody's.
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Popover } from 'antd'
import { useState } from 'react'
import type { Request } from '../../../shared/contract/index.ts'
import type { ComplaintViewQuery } from '../../../shared/types/complaint.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { useSessionStore } from '../../stores/session.ts'

interface Props {
  query: Request<'views.save'>['query']
  onChoose: (query: ComplaintViewQuery) => void
}

export function SavedViews({ query, onChoose }: Props) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('clocks:views')}
      content={
        <ViewList
          query={query}
          onChoose={(chosen) => {
            setOpen(false)
            onChoose(chosen)
          }}
        />
      }
    >
      <Button data-testid="views-open">{t('clocks:views')}</Button>
    </Popover>
  )
}

function ViewList({ query, onChoose }: Props) {
  const t = useT()
  const role = useSessionStore((state) => state.session?.role)
  const { data, error: unread, reload } = useCall('views.list', {})
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useAction(async () => {
    await call('views.save', { name, shared, query })
    setName('')
    reload()
  })
  const remove = useAction(async (id: string) => {
    await call('views.remove', { id })
    reload()
  })
  const error = save.error ?? remove.error ?? unread
  return (
    <div className="views">
      {data?.items.length === 0 && <p className="soft">{t('clocks:viewsEmpty')}</p>}
      <ul>
        {data?.items.map((view) => (
          <li key={view.id}>
            <button
              type="button"
              className="link"
              onClick={() => onChoose(view.query)}
              data-testid="view-choose"
            >
              {view.name}
            </button>
            {view.shared && <span className="soft">{t('clocks:viewShared')}</span>}
            {view.own && role !== 'auditor' && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('clocks:viewRemove', { name: view.name })}
                onClick={() => remove.run(view.id)}
                data-testid="view-remove"
              />
            )}
          </li>
        ))}
      </ul>
      {role !== 'auditor' && (
        <OwnForm onSubmit={() => save.run()}>
          <Input
            value={name}
            maxLength={100}
            placeholder={t('clocks:viewName')}
            aria-label={t('clocks:viewName')}
            onChange={(event) => setName(event.target.value)}
            data-testid="view-name"
          />
          <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
            {t('clocks:viewShared')}
          </Checkbox>
          <Button htmlType="submit" loading={save.busy} disabled={name.trim() === ''} data-testid="view-save">
            {t('clocks:saveView')}
          </Button>
          <p className="soft">{t('clocks:viewHint')}</p>
        </OwnForm>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </div>
  )
}
