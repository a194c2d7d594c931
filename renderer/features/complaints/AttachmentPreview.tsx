// A picture, a PDF's pages or a text. A picture goes into an image element by its own raster type, which runs no code whatever else
// the file may be; everything with code in it arrives here as text and is shown as text.
import { useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { useT } from '../../app/i18n.ts'
import { revealSeconds } from '../../components/MaskedValue.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { useSecondsLeft } from '../../lib/use-seconds-left.ts'
import { PdfPages } from './PdfPages.tsx'

export type Preview = Output<'attachments.preview'>

export function AttachmentPreview({
  preview,
  onClose,
}: {
  preview: Preview | undefined
  onClose: () => void
}) {
  const t = useT()
  return (
    <PlainDialog
      open={preview !== undefined}
      onClose={onClose}
      width={960}
      title={t('attachments:previewTitle')}
    >
      {preview !== undefined && <Content preview={preview} onEnd={onClose} />}
    </PlainDialog>
  )
}

/** Clear as any revealed value is, and gone with the same time. */
function Content({ preview, onEnd }: { preview: Preview; onEnd: () => void }) {
  const t = useT()
  const left = useSecondsLeft(revealSeconds, onEnd)
  const { name, type, content } = preview
  return (
    <div className="attachment-preview" data-testid="attachment-content">
      <bdi className="revealed-value">{name}</bdi>
      <span className="figures soft">{t('reveal.remaining', { n: left })}</span>
      {content.kind === 'image' && <Picture alt={name} source={`data:${type};base64,${content.base64}`} />}
      {content.kind === 'pdf' && <PdfPages name={name} base64={content.base64} />}
      {content.kind === 'text' && (
        <>
          <p className="soft">
            {t('attachments:previewText')} {content.truncated && t('attachments:truncated')}
          </p>
          <pre className="attachment-text" tabIndex={0}>
            {content.text}
          </pre>
        </>
      )}
    </div>
  )
}

function Picture({ alt, source }: { alt: string; source: string }) {
  const t = useT()
  const [broken, setBroken] = useState(false)
  if (broken) return <p role="alert">{t('attachments:broken')}</p>
  return <img className="attachment-picture" alt={alt} src={source} onError={() => setBroken(true)} />
}
