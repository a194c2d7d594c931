// Canvases that pdf.js draws on: bounded, and with a Chinese font of ours behind whatever a PDF names without carrying it.

/** A canvas with more pixels is refused: a few bytes can ask for gigabytes. */
const mostPixels = 32_000_000

interface Drawing {
  canvas: HTMLCanvasElement
  context: CanvasRenderingContext2D
}

/** Puts our font before the generic one at the end of whatever font is set. */
function preferOwnFont(context: CanvasRenderingContext2D): void {
  const font = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'font')
  Object.defineProperty(context, 'font', {
    get: (): unknown => font?.get?.call(context),
    set: (value: string) => {
      font?.set?.call(context, value.replace(/(?:sans-serif|serif|monospace)$/, '"Noto Sans SC", $&'))
    },
  })
}

/** @throws RangeError for a size that is none or too large */
export function createDrawing(width: number, height: number): Drawing {
  if (!(width >= 1 && height >= 1 && width * height <= mostPixels)) throw new RangeError('canvas size')
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new RangeError('canvas')
  preferOwnFont(context)
  return { canvas, context }
}

/** Lets go of the pixels at once, not when somebody collects them. */
export function dropPixels(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}

/** Where pdf.js gets its scratch canvases. */
export class OwnCanvases {
  create(width: number, height: number): Drawing {
    return createDrawing(Math.ceil(width), Math.ceil(height))
  }

  reset(drawing: Drawing, width: number, height: number): void {
    if (!(width >= 1 && height >= 1 && width * height <= mostPixels)) throw new RangeError('canvas size')
    drawing.canvas.width = width
    drawing.canvas.height = height
  }

  /** The page's own canvas, which {@link createDrawing} made: its context stays the one that prefers our font. */
  getNoAlphaContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    return canvas.getContext('2d')
  }

  destroy(drawing: Drawing): void {
    dropPixels(drawing.canvas)
  }
}
