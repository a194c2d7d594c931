// What another program is given: logged before it exists, closed to others, under a name that says nothing, and never what
// could run.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { openOutside } from '../../electron/vault/usecases/open-outside.ts'
import { openedEnding } from '../../shared/types/attachment.ts'
import { attach, filesIn, named } from '../support/attachments.ts'
import { aVault, codeOf, freshPath, present, type TestVault } from '../support/vault.ts'

const reason = '核对客户寄来的凭据'
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 7)])

async function stored(vault: TestVault, content: string | Uint8Array, name: string) {
  const { id } = await vault.call('complaints.add', { narrative: '来电投诉。' })
  await attach(vault, id, named(content, name))
  return present((await vault.call('attachments.list', { complaintId: id })).items[0])
}

function emptyFolder(): string {
  const folder = freshPath('opened')
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

async function opens(vault: TestVault, id: string) {
  return (await vault.call('audit.list', {})).items
    .filter(({ action }) => action.startsWith('attachments.open'))
    .filter(({ detail }) => detail['attachment'] === id)
    .map(({ action, detail }) => [action, detail['reason'] ?? detail['code']])
}

test('the copy is whole, 0600, named by its kind alone, and in the log before it is there', async () => {
  const vault = await aVault()
  const item = await stored(vault, pdf, '欧阳懿一 13892483177.exe')
  const folder = emptyFolder()
  const { path } = await openOutside(vault.context, { id: item.id, reason, folder })
  expect(readdirSync(folder)).toEqual(['attachment.pdf'])
  expect(basename(path)).toBe('attachment.pdf')
  expect(readFileSync(path).equals(pdf)).toBe(true)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(await opens(vault, item.id)).toEqual([['attachments.opened', reason]])
  const detail = await vault.call('complaints.get', { id: item.complaintId })
  expect(detail.events.some(({ kind, text }) => kind === 'reveal' && text.includes(reason))).toBe(true)

  // The log stands first: where no file can be made, it says that one was meant, and that it failed.
  const nowhere = join(folder, 'missing')
  expect(await codeOf(openOutside(vault.context, { id: item.id, reason, folder: nowhere }))).toBe(
    'file.notFound',
  )
  expect(await opens(vault, item.id)).toEqual([
    ['attachments.openFailed', 'file.notFound'],
    ['attachments.opened', reason],
    ['attachments.opened', reason],
  ])
})

test('without a reason, with identities closed, or of a damaged file, nothing comes out', async () => {
  const vault = await aVault()
  const item = await stored(vault, pdf, '信.pdf')
  const folder = emptyFolder()
  expect(await codeOf(openOutside(vault.context, { id: item.id, reason: ' ', folder }))).toBe(
    'reason.required',
  )
  const [file = ''] = filesIn(vault)
  const bytes = readFileSync(file)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  writeFileSync(file, bytes)
  expect(await codeOf(openOutside(vault.context, { id: item.id, reason, folder }))).toBe('attachment.damaged')
  const { identities } = vault.session.store
  vault.session.store.identities = undefined
  expect(await codeOf(openOutside(vault.context, { id: item.id, reason, folder }))).toBe('identities.closed')
  vault.session.store.identities = identities
})

/** A stored (not packed) archive entry: its name stands in clear. */
function zipEntry(name: string, content = ''): Buffer {
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 0, 'latin1')
  head.writeUInt32LE(content.length, 18)
  head.writeUInt32LE(content.length, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name + content, 'latin1')])
}

function office(...names: string[]): Buffer {
  return Buffer.concat(['[Content_Types].xml', ...names].map((name) => zipEntry(name, 'x'.repeat(50))))
}

const odt = (...names: string[]) =>
  Buffer.concat([
    zipEntry('mimetype', 'application/vnd.oasis.opendocument.text'),
    ...names.map((name) => zipEntry(name)),
  ])

test.each([
  ['HTML', '<html><script>1</script></html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
  ['XML', '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'],
  ['an archive', zipEntry('a.exe')],
  ['a gzip file', Buffer.from('1f8b08000000', 'hex')],
  ['an old Office file or installer', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a program for Windows', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
  ['a program for Linux', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')],
  ['a shell script', '#!/bin/sh\nrm -rf ~\n'],
  ['a starter', '# x\n[Desktop Entry]\nType=Application\nExec=sh\n'],
  ['a web shortcut', '[InternetShortcut]\nURL=file:///c:/windows/system32/calc.exe\n'],
  ['a document with macros', office('word/document.xml', 'word/vbaProject.bin')],
  [
    'a table with macros behind a megabyte',
    Buffer.concat([office('xl/workbook.xml'), Buffer.alloc(1 << 20), zipEntry('xl/macrosheets/sheet1.xml')]),
  ],
  ['a document with a control', office('word/document.xml', 'word/activeX/activeX1.xml')],
  ['an open document with macros', odt('Basic/Standard/Module1.xml')],
])('%s is only saved: nothing is written, and nothing logged that didn’t happen', async (_what, content) => {
  const vault = await aVault()
  const item = await stored(vault, content, '文件.pdf')
  const folder = emptyFolder()
  expect(await codeOf(openOutside(vault.context, { id: item.id, reason, folder }))).toBe(
    'attachment.onlySaved',
  )
  expect(readdirSync(folder)).toEqual([])
  expect(await opens(vault, item.id)).toEqual([])
})

test.each([
  ['a document', office('word/document.xml'), 'docx'],
  ['an open document', odt('content.xml'), 'odt'],
  ['a text', '客户来信：#! 不是脚本', 'txt'],
])('%s without any code is opened', async (_what, content, ending) => {
  const vault = await aVault()
  const item = await stored(vault, content, '文件')
  expect(openedEnding(item.type)).toBe(ending)
  const { path } = await openOutside(vault.context, { id: item.id, reason, folder: emptyFolder() })
  expect(basename(path)).toBe(`attachment.${ending}`)
})
