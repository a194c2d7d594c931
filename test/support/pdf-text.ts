// What a reader of a PDF can select and copy: the text of each page by the fonts' own tables, and where each stretch stands.
import { inflateSync } from 'node:zlib'

export interface Stretch {
  x: number
  /** From the bottom of the page. */
  y: number
  text: string
}

/** The stretches of each page, as pdfkit writes them: one object a time, hex strings, a `bfrange` list per font. */
export function pdfPages(bytes: Uint8Array): Stretch[][] {
  const raw = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id, body)
  const at = (body: string, name: string): string =>
    present(objects.get(present(new RegExp(`/${name} \\[?(\\d+) 0 R`).exec(body)?.[1])))
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\n/.test(body))
    .map((page) => {
      const fonts = new Map(
        [...at(page, 'Resources').matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
          name,
          characters(stream(at(present(objects.get(id)), 'ToUnicode'))),
        ]),
      )
      return stretches(stream(at(page, 'Contents')), fonts)
    })
}

/** All of it, a line a stretch. */
export function pdfText(bytes: Uint8Array): string {
  return pdfPages(bytes)
    .map((page) => page.map(({ text }) => text).join('\n'))
    .join('\n')
}

function stream(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const data = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return inflateSync(data).toString('latin1')
}

function characters(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, [, code = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries())
      table.set(Number.parseInt(from, 16) + index, utf16(code))
  }
  return table
}

function utf16(hex: string): string {
  return (hex.match(/[0-9a-f]{4}/g) ?? [])
    .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .join('')
}

function stretches(content: string, fonts: ReadonlyMap<string, Map<number, string>>): Stretch[] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = '']) => {
    const [, x = '', y = ''] = /1 0 0 1 (\S+) (\S+) Tm/.exec(block) ?? []
    const font = present(fonts.get(/\/(F\d+) /.exec(block)?.[1] ?? ''))
    const codes = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    const text = codes.map((code) => font.get(Number.parseInt(code, 16)) ?? '').join('')
    return { x: Number(x), y: Number(y), text }
  })
}

/** The value, or a failed test where the file is built in another way. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not a PDF as this program writes them')
  return value
}
