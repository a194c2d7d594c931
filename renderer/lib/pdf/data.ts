// Character maps and standard fonts of pdf.js as part of the built script: the window's policy lets nothing be fetched, not
// even from the program itself. Loaded only for a PDF that names one.
import { bytesOf } from '../base64.ts'

/** By file name, as `data:` addresses, which are read here and go nowhere. */
type Files = Readonly<Record<string, string>>

/** A character map or a standard font by the name that pdf.js asks for. @throws Error where the package has none */
async function dataFile(kind: string, name: string): Promise<Uint8Array> {
  const files: Files =
    kind === 'cMapUrl'
      ? (await import('./character-maps.ts')).files
      : (await import('./standard-fonts.ts')).files
  const address = Object.entries(files).find(([path]) => path.endsWith(`/${name}`))?.[1]
  if (address === undefined) throw new Error('no such data')
  return bytesOf(address.slice(address.indexOf(',') + 1))
}

/** What pdf.js asks instead of a server; `fetch` is its name for it, and nothing goes over a network. */
export class BundledData {
  fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return dataFile(kind, filename)
  }
}
