// A PDF page by page, as pictures: nothing of it can be clicked, filled in, run or followed.
import { Button, Spin } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n.ts'
import { dropPixels } from '../../lib/pdf/canvases.ts'
import { openPdf, type PdfPages as Pages, type PdfProblem } from '../../lib/pdf/reader.ts'

/** In CSS pixels. */
const pageWidth = 900

export function PdfPages({ name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> }) {
  const t = useT()
  const pages = useOpened(bytes)
  if (pages === undefined) return <Spin aria-label={t('attachments:pdfOpening')} />
  if (typeof pages === 'string')
    return (
      <p role="alert" data-testid="pdf-problem">
        {t(pages === 'encrypted' ? 'attachments:pdfEncrypted' : 'attachments:pdfBroken')}
      </p>
    )
  return <Shown name={name} pages={pages} />
}

function useOpened(bytes: Uint8Array<ArrayBuffer>): Pages | PdfProblem | undefined {
  const [pages, setPages] = useState<Pages | PdfProblem>()
  useEffect(() => {
    let closed = false
    let opened: Pages | PdfProblem | undefined
    const close = () => {
      if (typeof opened === 'object') opened.close()
    }
    void openPdf(bytes).then((answer) => {
      opened = answer
      if (closed) close()
      else setPages(answer)
    })
    return () => {
      closed = true
      close()
    }
  }, [bytes])
  return pages
}

function Shown({ name, pages }: { name: string; pages: Pages }) {
  const t = useT()
  const [page, setPage] = useState(1)
  const [state, setState] = useState<'drawing' | 'drawn' | 'broken'>('drawing')
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let left = false
    let drawn: HTMLCanvasElement | undefined
    void pages.draw(page, pageWidth).then((canvas) => {
      if (canvas === undefined) return
      if (left) {
        if (canvas !== 'broken') dropPixels(canvas)
        return
      }
      if (canvas === 'broken') setState('broken')
      else {
        drawn = canvas
        place.current?.replaceChildren(canvas)
        setState('drawn')
      }
    })
    return () => {
      left = true
      drawn?.remove()
      if (drawn !== undefined) dropPixels(drawn)
    }
  }, [pages, page])
  const turnTo = (next: number) => {
    setState('drawing')
    setPage(next)
  }
  return (
    <>
      <p className="soft">
        {t('attachments:pdfText')}{' '}
        {pages.shown < pages.total && t('attachments:pdfFirst', { n: pages.shown })}
      </p>
      <div className="pdf-tools">
        <Button
          size="small"
          disabled={page === 1}
          onClick={() => turnTo(page - 1)}
          data-testid="pdf-previous"
        >
          {t('attachments:pdfPrevious')}
        </Button>
        <span className="figures" aria-live="polite" data-testid="pdf-page">
          {t('attachments:pdfPage', { n: page, total: pages.total })}
        </span>
        <Button
          size="small"
          disabled={page >= pages.shown}
          onClick={() => turnTo(page + 1)}
          data-testid="pdf-next"
        >
          {t('attachments:pdfNext')}
        </Button>
      </div>
      {state === 'drawing' && <Spin aria-label={t('attachments:pdfOpening')} />}
      {state === 'broken' && (
        <p role="alert" data-testid="pdf-problem">
          {t('attachments:pdfPageBroken')}
        </p>
      )}
      <div
        ref={place}
        className="pdf-page"
        role="img"
        tabIndex={0}
        aria-label={`${name} · ${t('attachments:pdfPage', { n: page, total: pages.total })}`}
        data-testid="pdf-picture"
        data-state={state}
      />
    </>
  )
}
