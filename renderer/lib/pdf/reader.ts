// Pages of a PDF as pictures, by pdf.js's display layer. It parses on the page's own thread: the content policy makes no
// worker, and isn't loosened for one. It gives way between slices, so that the window goes on answering. Nothing of the file
// is run or followed: its scripting, forms, links and layers over the page aren't loaded, fonts are drawn as outlines and
// never handed to the system, no WebAssembly, no eval, nothing is fetched.
import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist'
import { BundledData } from './data.ts'
import { createDrawing, dropPixels, OwnCanvases } from './canvases.ts'

/** More pages aren't shown. */
export const mostPdfPages = 50
/** A picture in a page with more pixels isn't decoded. */
const mostImagePixels = 60_000_000
/** Of a page as it is drawn, in device pixels. */
const mostSide = 6000
const mostArea = 12_000_000

/** `encrypted`: asks for a passphrase. */
export type PdfProblem = 'encrypted' | 'broken'

export interface PdfPages {
  /** In the file. */
  total: number
  /** That are shown. */
  shown: number
  /**
   * Draws a page (from 1) about `width` CSS pixels wide; one that was being drawn is given up.
   * @returns undefined when it was given up, `broken` where the page can't be drawn
   */
  draw(page: number, width: number): Promise<HTMLCanvasElement | 'broken' | undefined>
  /** Lets go of everything. */
  close(): void
}

async function load() {
  // Registers what parses on this thread, before anything looks for a worker.
  await import('pdfjs-dist/build/pdf.worker.mjs')
  return import('pdfjs-dist')
}

/** @param bytes the whole file; they are the reader's from now on. Never throws: what can't be read, for whatever reason, is `broken`. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<PdfPages | PdfProblem> {
  try {
    return await openWith(await load(), bytes)
  } catch {
    // The words of pdf.js may quote the file.
    return 'broken'
  }
}

async function openWith(
  pdfjs: Awaited<ReturnType<typeof load>>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<PdfPages | PdfProblem> {
  const task = pdfjs.getDocument({
    data: bytes,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    disableWorkerRendering: true,
    maxImageSize: mostImagePixels,
    // Their names are all that matters: what they name is part of the script.
    cMapUrl: 'bundled/',
    standardFontDataUrl: 'bundled/',
    // Decoders without WebAssembly for the two kinds of scans that a browser can't decode; scripts of our own origin.
    wasmUrl: new URL('pdf/', document.baseURI).href,
    BinaryDataFactory: BundledData,
    CanvasFactory: OwnCanvases,
  })
  try {
    return pagesOf(await task.promise, () => void task.destroy())
  } catch (thrown) {
    void task.destroy()
    if (thrown instanceof pdfjs.PasswordException) return 'encrypted'
    throw thrown
  }
}

function pagesOf(document: PDFDocumentProxy, close: () => void): PdfPages {
  let drawing: RenderTask | undefined
  let latest = 0

  async function draw(number: number, width: number): Promise<HTMLCanvasElement | undefined> {
    latest += 1
    const mine = latest
    drawing?.cancel()
    const page = await document.getPage(number)
    const natural = page.getViewport({ scale: 1 })
    const scale = scaleFor(natural.width, natural.height, width)
    const viewport = page.getViewport({ scale })
    for (;;) {
      if (mine !== latest) return undefined
      const { canvas } = createDrawing(Math.ceil(viewport.width), Math.ceil(viewport.height))
      drawing = page.render({ canvas, viewport })
      try {
        await drawing.promise
      } catch (thrown) {
        dropPixels(canvas)
        throw thrown
      }
      // What was drawn without our font, which loads when it is first used, is drawn again with it.
      if (globalThis.document.fonts.status !== 'loading') {
        page.cleanup()
        return canvas
      }
      await globalThis.document.fonts.ready
      dropPixels(canvas)
    }
  }

  return {
    total: document.numPages,
    shown: Math.min(document.numPages, mostPdfPages),
    draw: async (number, width) => {
      const before = latest
      try {
        return await draw(number, width)
      } catch {
        // Given up for another page, or a page that can't be drawn: pdf.js's own words may quote the file.
        return latest === before + 1 ? 'broken' : undefined
      }
    },
    close: () => {
      latest += 1
      drawing?.cancel()
      close()
    },
  }
}

function scaleFor(width: number, height: number, wanted: number): number {
  const device = Math.min(2, globalThis.devicePixelRatio)
  return Math.min(
    (wanted * device) / width,
    mostSide / width,
    mostSide / height,
    Math.sqrt(mostArea / (width * height)),
  )
}
