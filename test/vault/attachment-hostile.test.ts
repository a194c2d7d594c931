// Files that mean harm: stored, listed under a harmless name, shown as what they are or not at all.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileType } from '../../electron/exchange/file-kinds.ts'
import { pixelsOf } from '../../electron/domain/image-size.ts'
import { shownFileName } from '../../electron/domain/file-names.ts'
import { attachmentTypes, mostPdfBytes, previewOf } from '../../shared/types/attachment.ts'
import { named } from '../support/attachments.ts'
import { aVault, codeOf, freshPath, present, type TestVault } from '../support/vault.ts'

const reason = '核对客户寄来的凭据'

async function stored(vault: TestVault, content: string | Uint8Array, name: string) {
  const { id } = await vault.call('complaints.add', { narrative: '来信。' })
  const { attachmentId } = await vault.call('attachments.add', {
    complaintId: id,
    path: named(content, name),
  })
  const [item] = (await vault.call('attachments.list', { complaintId: id })).items
  return { ...present(item), id: attachmentId }
}

const script = '<script>alert(document.domain)</script>'
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const zipHead = Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1')

/** PNG header of a picture that would unfold to 40 GB. */
function hugePng(): Buffer {
  const png = Buffer.alloc(64)
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1').copy(png)
  png.write('IHDR', 12, 'latin1')
  png.writeUInt32BE(100_000, 16)
  png.writeUInt32BE(100_000, 20)
  return png
}

const hostile: readonly [string, string | Uint8Array, string, string, string][] = [
  [
    'an SVG with script',
    `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`,
    'a.svg',
    'image/svg+xml',
    'text',
  ],
  [
    'an SVG behind an XML head',
    `\ufeff<?xml version="1.0"?>\n<!-- x --><svg onload="alert(1)"/>`,
    'b.png',
    'image/svg+xml',
    'text',
  ],
  [
    'HTML with script',
    `<!DOCTYPE html><html><body onload="alert(1)">${script}`,
    'c.txt',
    'text/html',
    'text',
  ],
  ['HTML that says it is a picture', `<html>${script}`, 'd.jpg', 'text/html', 'text'],
  [
    'a PDF with an action',
    '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj',
    'e.pdf',
    'application/pdf',
    'pdf',
  ],
  [
    'a picture that is an archive too',
    Buffer.concat([gif, zipHead, Buffer.from(script)]),
    'f.gif',
    'image/gif',
    'image',
  ],
  ['an archive', Buffer.concat([zipHead, Buffer.alloc(500)]), 'g.docx', 'application/zip', 'none'],
  ['a program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'h.pdf', 'application/octet-stream', 'none'],
  ['bytes with a NUL among text', 'text\0text', 'i.txt', 'application/octet-stream', 'none'],
]

test.each(hostile)('%s', async (_what, content, name, type, preview) => {
  const vault = await aVault()
  const item = await stored(vault, content, name)
  expect(item).toMatchObject({ type, preview, name })
  const shown = vault.call('attachments.preview', { id: item.id, reason })
  if (preview === 'none') expect(await codeOf(shown)).toBe('input.invalid')
  else if (preview === 'text') {
    const { content: text } = await shown
    expect(text.kind).toBe('text')
    expect(text.kind === 'text' && text.text.includes('alert(')).toBe(true)
  } else {
    const bytes = Buffer.from(content)
    expect((await shown).content).toEqual({
      kind: preview,
      base64: bytes.toString('base64'),
      rest: null,
    })
  }
})

test('a picture of 40 GB of pixels isn’t shown, and one whose size can’t be read neither; no entry says otherwise', async () => {
  const vault = await aVault()
  for (const content of [hugePng(), hugePng().subarray(0, 18)]) {
    const item = await stored(vault, content, 'big.png')
    expect(item.preview).toBe('image')
    expect(await codeOf(vault.call('attachments.preview', { id: item.id, reason }))).toBe('file.tooLarge')
  }
  expect((await vault.call('audit.list', { action: 'attachments.revealed' })).items).toEqual([])
})

test('a text of 9 MB isn’t shown; a long one is cut and says so; GB18030 and UTF-16 are read', async () => {
  const vault = await aVault()
  const large = await stored(vault, 'x'.repeat(9_000_000), 'large.txt')
  expect(large.preview).toBe('none')
  expect(await codeOf(vault.call('attachments.preview', { id: large.id, reason }))).toBe('file.tooLarge')
  const long = await stored(vault, '长'.repeat(300_000), 'long.txt')
  const { content } = await vault.call('attachments.preview', { id: long.id, reason })
  expect(content.kind === 'text' && [content.text.length, content.truncated]).toEqual([200_000, true])
  const gb = Buffer.from('cdcbbfee', 'hex')
  const utf16 = Buffer.from('\ufeff退款', 'utf16le')
  for (const bytes of [gb, utf16]) {
    const item = await stored(vault, bytes, 'gb.txt')
    const answer = await vault.call('attachments.preview', { id: item.id, reason })
    expect(answer.content).toEqual({ kind: 'text', text: '退款', truncated: false })
  }
})

test.each([
  ['a line break and a bell', '发\n票\u0007.pdf', /^发 票\.pdf$/u],
  ['an override of direction', '发票\u202Efdp.exe', /^发票fdp\.exe$/u],
  ['zero-width characters in a number', '138\u200B9248\u200D3177.txt', /^(?!.*13892483177).*\.txt$/u],
  ['a number between underscores', '20260301_13892483177_1.amr', /^20260301 \[.+\] 1\.amr$/u],
  ['underscores that part nothing personal', 'IMG_0001.png', /^IMG_0001\.png$/u],
  ['nothing that can be seen', '\u200B\u200B', /^file$/u],
  ['nothing but spaces and tags', ' <img src=x onerror=alert(1)> ', /^<img src=x onerror=alert\(1\)>$/u],
])('a name with %s', async (_what, name, shown) => {
  const vault = await aVault()
  const item = await stored(vault, 'x', name.replaceAll('/', ''))
  expect(item.name).toMatch(shown)
  expect(/[\p{Cc}\u202a-\u202e]/u.test(item.name)).toBe(false)
  const history = JSON.stringify(await vault.call('complaints.get', { id: item.complaintId }))
  expect(history).not.toContain('13892483177')
})

test.each([
  ['zhang_wei88@example.com.pdf', 'zhang_wei88@example.com'],
  ['投诉_li_na88@163.com.eml', 'li_na88@163.com'],
  ['20260301_13892483177_zhang_wei88@example.com_1.pdf', 'zhang_wei88@example.com'],
])('an address in the name %s is hidden whole, underscores and all', async (name, email) => {
  for (const known of [undefined, { name: '范懿一', email }]) {
    const vault = await aVault()
    const customer = known === undefined ? {} : { customerId: (await vault.call('customers.add', known)).id }
    const { id } = await vault.call('complaints.add', { narrative: '来信。', ...customer })
    const folder = freshPath('folder')
    mkdirSync(folder)
    writeFileSync(join(folder, name), '凭证')
    await vault.call('attachments.add', { complaintId: id, path: join(folder, name) })
    const { items } = await vault.call('attachments.list', { complaintId: id })
    const shown = JSON.stringify([items, await vault.call('complaints.get', { id })])
    expect(shown).not.toMatch(/zhang|wei88|li_na|na88|\bli\b|13892483177/u)
  }
})

test('a name of 300 characters is cut in the middle: its ending stays', async () => {
  const name = `${'很'.repeat(296)}.pdf`
  const shown = shownFileName(name)
  expect(Array.from(shown)).toHaveLength(100)
  expect(shown.endsWith('很.pdf')).toBe(true)
  expect(Array.from(shownFileName('𠮷'.repeat(300)))).toHaveLength(100)
  // The system knows no name of 300 characters: asked for one, the answer is a code of ours.
  const vault = await aVault()
  const { id } = await vault.call('complaints.add', { narrative: '来信。' })
  const folder = freshPath('folder')
  mkdirSync(folder)
  const path = join(folder, name)
  expect(await codeOf(vault.call('attachments.add', { complaintId: id, path }))).toBe('file.unreadable')
})

test.each([
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wav'],
  ['\0\0\0\x18ftypmp42', 'video/mp4'],
  ['\0\0\0\x18ftypM4A ', 'audio/mp4'],
  [
    'PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xmlPK\x03\x04word/document.xml',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  [
    'PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK',
    'application/vnd.oasis.opendocument.text',
  ],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  ['Rar!\x1a\x07\x01\0', 'application/vnd.rar'],
  ['', 'text/plain'],
  ['plain words', 'text/plain'],
  ['\x01\x02\x03', 'application/octet-stream'],
] as const)('%j is told by its first bytes', (bytes, type) => {
  expect(fileType(Buffer.from(bytes, 'latin1'))).toBe(type)
})

test('only raster pictures, texts and PDFs as pictures are ever shown', () => {
  const shown = attachmentTypes.filter((type) => previewOf(type, 1) !== 'none')
  expect(shown.toSorted()).toEqual([
    'application/pdf',
    'image/bmp',
    'image/gif',
    'image/jpeg',
    'image/png',
    'image/svg+xml',
    'image/webp',
    'text/html',
    'text/plain',
    'text/xml',
  ])
  expect(previewOf('image/svg+xml', 1)).toBe('text')
  expect(previewOf('application/pdf', mostPdfBytes)).toBe('pdf')
  expect(previewOf('application/pdf', mostPdfBytes + 1)).toBe('none')
  expect(pixelsOf('image/gif', gif)).toBe(1)
  expect(pixelsOf('image/jpeg', Buffer.from('ffd8ffe000044a46ffc00011080002000303', 'hex'))).toBe(6)
})
