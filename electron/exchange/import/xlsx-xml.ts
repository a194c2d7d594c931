// SAX events with local names: workbooks put the spreadsheet namespace under a prefix of their own now and then.
import { SaxesParser } from 'saxes'

export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** A parser that is fed pieces of text; throws at the first thing that isn't well-formed. Entities of a DTD are not expanded. */
export function xmlParser(handler: XmlHandler): { write(piece: string): void; end(): void } {
  const parser = new SaxesParser({ position: false, xmlns: false } as const)
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => handler.open(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => handler.close?.(localName(tag.name)))
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  return {
    write: (piece) => void parser.write(piece),
    end: () => void parser.close(),
  }
}

/** Reads a whole part through a handler. */
export async function parseXml(pieces: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  const parser = xmlParser(handler)
  for await (const piece of pieces) parser.write(piece)
  parser.end()
}

/** `_x000D_` stands for a character that XML can't hold (ECMA-376 part 1, ST_Xstring). */
export function unescapeXstring(text: string): string {
  if (!text.includes('_x')) return text
  return (
    text
      .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      // Half a character is none: it becomes the sign for one that couldn't be read.
      .toWellFormed()
  )
}
