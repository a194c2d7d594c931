// A picture, a PDF's pages or a text. A picture goes into an image element by its own raster type, which runs no code whatever else
// the file may be; everything with code in it arrives here as text and is shown as text.
import { Button } from 'antd'
import { useState } from 'react'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { revealSeconds } from '../../components/MaskedValue.tsx'
import { PlainDialog } from '../../components/PlainDialog.tsx'
import { useSecondsLeft } from '../../lib/use-seconds-left.ts'
import { formatBytes } from '../../lib/format.ts'
import { PdfPages } from './PdfPages.tsx'
import { type Preview, usePreviewParts, type Whole } from './preview-parts.ts'

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
      {preview !== undefined && <Arriving preview={preview} onEnd={onClose} />}
    </PlainDialog>
  )
}

/** Nothing of it is shown before all of it is there; closing the dialog gives up the rest. */
function Arriving({ preview, onEnd }: { preview: Preview; onEnd: () => void }) {
  const t = useT()
  const locale = useLocale()
  const coming = usePreviewParts(preview)
  if (coming.state === 'whole') return <Content preview={preview} content={coming.whole} onEnd={onEnd} />
  if (coming.state === 'failed') return <ErrorNotice error={coming.error} />
  const words = { done: formatBytes(coming.come, locale), total: formatBytes(preview.size, locale) }
  return (
    <div className="attachment-coming" data-testid="attachment-coming">
      <progress
        className="job-bar"
        aria-label={t('attachments:coming')}
        max={preview.size}
        value={coming.come}
      />
      <span className="figures">{t('attachments:comingFar', words)}</span>
      <Button size="small" onClick={onEnd} data-testid="attachment-coming-cancel">
        {t('actions.cancel')}
      </Button>
    </div>
  )
}

interface ContentProps {
  preview: Preview
  content: Whole
  onEnd: () => void
}

/** Clear as any revealed value is, and gone with the same time. */
function Content({ preview, content, onEnd }: ContentProps) {
  const t = useT()
  const left = useSecondsLeft(revealSeconds, onEnd)
  const { name, type } = preview
  return (
    <div className="attachment-preview" data-testid="attachment-content">
      <bdi className="revealed-value">{name}</bdi>
      <span className="figures soft">{t('reveal.remaining', { n: left })}</span>
      {content.kind === 'image' && <Picture alt={name} source={`data:${type};base64,${content.base64}`} />}
      {content.kind === 'pdf' && <PdfPages name={name} bytes={content.bytes} />}
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
