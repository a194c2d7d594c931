// Why an attachment has to be seen.
import { useEffect, useRef } from 'react'
import type { Attachment } from '../../../shared/types/attachment.ts'
import { call } from '../../api/client.ts'
import { useT } from '../../app/i18n.ts'
import { RevealForm } from '../../components/RevealForm.tsx'
import { letGo, type Preview } from './preview-parts.ts'

interface Props {
  item: Attachment
  onPreview: (preview: Preview) => void
  onClose: () => void
}

export function ViewForm({ item, onPreview, onClose }: Props) {
  const t = useT()
  const wanted = useRef(true)
  useEffect(() => {
    wanted.current = true
    return () => {
      wanted.current = false
    }
  }, [])
  return (
    <RevealForm
      label={item.name}
      testId="attachment-preview"
      instead={{
        title: t('attachments:viewTitle', { name: item.name }),
        said: t('attachments:logged'),
        confirm: t('attachments:preview'),
        ready: true,
      }}
      onCancel={onClose}
      onShow={async (reason) => {
        const preview = await call('attachments.preview', { id: item.id, reason })
        // Cancelled while it was being read: it doesn't come up over whatever the person does now.
        if (wanted.current) onPreview(preview)
        else await letGo(preview)
      }}
    />
  )
}
