// How large a picture says it is, before anything decodes it: a few kilobytes can unfold to gigabytes of pixels.
import type { AttachmentType } from '../../shared/types/attachment.ts'

/** A picture with more isn't shown; cameras of today make less. */
export const mostPixels = 60_000_000

/** Width times height as the file's header has it; undefined where the header can't be read. */
export function pixelsOf(type: AttachmentType, bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (type) {
      case 'image/png':
        return view.getUint32(16) * view.getUint32(20)
      case 'image/gif':
        return view.getUint16(6, true) * view.getUint16(8, true)
      case 'image/bmp':
        return Math.abs(view.getInt32(18, true) * view.getInt32(22, true))
      case 'image/webp':
        return webpPixels(view)
      case 'image/jpeg':
        return jpegPixels(view)
      default:
        return undefined
    }
  } catch (thrown) {
    // A header that ends too early.
    if (!(thrown instanceof RangeError)) throw thrown
    return undefined
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function webpPixels(view: DataView): number | undefined {
  switch (String.fromCharCode(view.getUint8(15))) {
    case 'X':
      return (uint24(view, 24) + 1) * (uint24(view, 27) + 1)
    case 'L': {
      const bits = view.getUint32(21, true)
      return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1)
    }
    case ' ':
      return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff)
    default:
      return undefined
  }
}

/** Walks the segments to the frame header (SOF0–SOF15 but for DHT, JPG and DAC). */
function jpegPixels(view: DataView): number | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (frame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
