// Files of a case: listed by redacted names for everybody, added, seen, saved and removed by who may see clear values.
import { Button } from 'antd'
import { useState } from 'react'
import { type Attachment, openedEnding } from '../../../shared/types/attachment.ts'
import type { ComplaintDetail } from '../../../shared/types/complaint.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import { pathOf } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useCall } from '../../api/use-call.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { formatBytes, formatInstant } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { useForgetAtClosing, useIdentitiesOpen, useSessionStore } from '../../stores/session.ts'
import { AttachmentPreview } from './AttachmentPreview.tsx'
import { AddAttachment, OpenAttachment, RemoveAttachment, SaveAttachment } from './AttachmentForms.tsx'
import { kindOf } from './attachment-kind.ts'
import type { Preview } from './preview-parts.ts'
import { ViewForm } from './ViewForm.tsx'

type Act = 'preview' | 'open' | 'save' | 'remove'

export function CaseAttachments({ detail }: { detail: ComplaintDetail }) {
  const t = useT()
  const { id } = detail.complaint
  const list = useCall('attachments.list', { complaintId: id })
  const role = useSessionStore((state) => state.session?.role)
  const open = useIdentitiesOpen()
  /** Paths to begin with, where somebody is adding files. */
  const [adding, setAdding] = useState<string[]>()
  const [acting, setActing] = useState<{ id: string; act: Act }>()
  const [preview, setPreview] = useState<Preview>()
  const may = role !== undefined && holdsIdentities(role)
  useForgetAtClosing(() => setPreview(undefined))
  const done = () => {
    setAdding(undefined)
    setActing(undefined)
    useDataStore.getState().bump()
  }
  const [over, setOver] = useState(false)
  const takes = may && open && adding === undefined
  const drop = useAction(async (files: File[]) => {
    const paths = await Promise.all(files.map(pathOf))
    setAdding(paths.filter((path) => path !== undefined))
  })
  const items = list.data?.items ?? []
  return (
    <section
      className={over ? 'case-attachments over' : 'case-attachments'}
      data-testid="case-attachments"
      onDragOver={(event) => {
        if (!takes || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (!takes || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        drop.run([...event.dataTransfer.files])
      }}
    >
      <header className="section-head">
        <h2 className="section-title">{t('attachments:title')}</h2>
        {may && adding === undefined && (
          <Button
            size="small"
            disabled={!open}
            title={open ? undefined : t('attachments:addHint')}
            onClick={() => setAdding([])}
            data-testid="attachment-add"
          >
            {t('attachments:add')}
          </Button>
        )}
      </header>
      {list.error !== undefined && <ErrorNotice error={list.error} onRetry={list.reload} />}
      {list.data !== undefined && items.length === 0 && adding === undefined && (
        <p className="soft">{t('attachments:none')}</p>
      )}
      {takes && <p className="field-hint">{t('attachments:dropHint')}</p>}
      {drop.error !== undefined && <ErrorNotice error={drop.error} />}
      <ul className="plain-list attachment-list" data-testid="attachment-list">
        {items.map((item) => (
          <li key={item.id} data-testid="attachment-item">
            <Line item={item} />
            {may && item.state === 'there' && (
              <Tools
                item={item}
                act={acting?.id === item.id ? acting.act : undefined}
                onAct={(act) => setActing(act === undefined ? undefined : { id: item.id, act })}
                onPreview={(shown) => {
                  setPreview(shown)
                  done()
                }}
                onDone={done}
              />
            )}
          </li>
        ))}
      </ul>
      {adding !== undefined && (
        <AddAttachment complaintId={id} dropped={adding} onDone={done} onClose={() => setAdding(undefined)} />
      )}
      <AttachmentPreview preview={preview} onClose={() => setPreview(undefined)} />
    </section>
  )
}

function Line({ item }: { item: Attachment }) {
  const t = useT()
  const locale = useLocale()
  const timeZone = useSessionStore((state) => state.session?.company.timeZone)
  return (
    <>
      <bdi className={item.state === 'there' ? 'attachment-name' : 'attachment-name gone'}>{item.name}</bdi>
      <div className="attachment-facts soft">
        <span>{t(`attachments:types.${kindOf(item.type)}`)}</span>
        <span className="figures">{formatBytes(item.size, locale)}</span>
        <span>{item.user}</span>
        <time dateTime={item.at}>{formatInstant(item.at, locale, timeZone)}</time>
        {item.state === 'removed' && <strong>{t('attachments:removed')}</strong>}
      </div>
    </>
  )
}

interface ToolsProps {
  item: Attachment
  act: Act | undefined
  onAct: (act: Act | undefined) => void
  onPreview: (preview: Preview) => void
  onDone: () => void
}

function Tools({ item, act, onAct, onPreview, onDone }: ToolsProps) {
  const t = useT()
  const close = () => onAct(undefined)
  if (act === 'preview') return <ViewForm item={item} onPreview={onPreview} onClose={close} />
  if (act === 'save') return <SaveAttachment item={item} onDone={onDone} onClose={close} />
  return (
    <div className="attachment-tools">
      {item.preview !== 'none' && (
        <Button size="small" type="text" onClick={() => onAct('preview')} data-testid="attachment-view">
          {t('attachments:preview')}
        </Button>
      )}
      {openedEnding(item.type) !== undefined && (
        <Button size="small" type="text" onClick={() => onAct('open')} data-testid="attachment-open">
          {t('attachments:open')}
        </Button>
      )}
      <Button
        size="small"
        type="text"
        title={item.preview === 'none' ? t('attachments:noPreview') : undefined}
        onClick={() => onAct('save')}
        data-testid="attachment-save"
      >
        {t('attachments:save')}
      </Button>
      <Button size="small" type="text" onClick={() => onAct('remove')} data-testid="attachment-remove">
        {t('attachments:remove')}
      </Button>
      <OpenAttachment item={item} open={act === 'open'} onDone={onDone} onClose={close} />
      <RemoveAttachment item={item} open={act === 'remove'} onDone={onDone} onClose={close} />
    </div>
  )
}
