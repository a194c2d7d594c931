// Clear copies for other programs: none where there is no program, and none left once nobody may see them any more.
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { openedFiles } from '../../electron/gate/opened-files.ts'
import { startedAt } from '../../electron/gate/processes.ts'
import type { AppOptions } from '../../electron/gate/app.ts'
import { attachmentIdSchema } from '../../shared/types/ids.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { copiedVault, fileWith, freshPath, passphrase } from '../support/vault.ts'

const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from('欧阳懿一 13892483177'.repeat(5000))])
const reason = '核对凭据'
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

interface Given {
  path: string
  /** Open since then: what is read from it is what stands on the disk, also once the name is gone. */
  handle: number
  modes: number[]
}

/** A desktop that takes what it is given, or not. */
function desktop(takes: { available: boolean; open: boolean | (() => Promise<boolean>) }) {
  const given: Given[] = []
  const opener: NonNullable<AppOptions['opener']> = {
    available: () => Promise.resolve(takes.available),
    open: async (path) => {
      const modes = [path, dirname(path), dirname(dirname(path))].map((one) => statSync(one).mode & 0o777)
      given.push({ path, handle: openSync(path, 'r'), modes })
      return typeof takes.open === 'boolean' ? takes.open : takes.open()
    },
  }
  return { given, opener }
}

async function anAttachment(door: Door): Promise<string> {
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  const { id } = await door.call('complaints.add', { narrative: '来电投诉。' })
  const path = fileWith(content, '信.pdf')
  return (await door.call('attachments.add', { complaintId: id, path })).attachmentId
}

const ask = (door: Door, id: string) => door.ask('attachments.open', { id, reason })
const left = (door: Door) =>
  existsSync(join(door.appDataDir, 'opened')) ? readdirSync(join(door.appDataDir, 'opened')) : []

async function opens(door: Door): Promise<string[]> {
  const { items } = await door.call('audit.list', {})
  return items.map(({ action }) => action).filter((action) => action.startsWith('attachments.open'))
}

/** The file's bytes as they are now, by a handle that was opened before. */
function bytesBehind({ handle }: Given): Buffer {
  const bytes = Buffer.alloc(content.length)
  readSync(handle, bytes, 0, bytes.length, 0)
  closeSync(handle)
  return bytes
}

async function expectGone(door: Door, one: Given | undefined): Promise<void> {
  if (one === undefined) throw new Error('nothing was given')
  await vi.waitFor(() => expect(left(door)).toEqual([]), { timeout: 5000 })
  expect(existsSync(one.path)).toBe(false)
  expect(bytesBehind(one).every((byte) => byte === 0)).toBe(true)
}

test('a program gets the whole file, closed to others; a lock overwrites and removes it', async () => {
  const { given, opener } = desktop({ available: true, open: true })
  const door = realDoor({ opener })
  const id = await anAttachment(door)
  await door.call('attachments.open', { id: attachmentIdSchema.parse(id), reason })
  const [one] = given
  expect(basename(one?.path ?? '')).toBe('attachment.pdf')
  expect(readFileSync(one?.path ?? '').equals(content)).toBe(true)
  if (process.platform !== 'win32') expect(one?.modes).toEqual([0o600, 0o700, 0o700])
  expect(await opens(door)).toEqual(['attachments.opened'])
  await door.app.lock('user')
  await expectGone(door, one)
})

test('a letter is opened to be printed, as it went out; the log says so, also where no program took it', async () => {
  const takes = { available: true, open: true }
  const { given, opener } = desktop(takes)
  const door = realDoor({ opener })
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  const { id: complaintId } = await door.call('complaints.add', { narrative: '来电投诉。' })
  const out = freshPath('letter.pdf')
  const fields = { request: '付款凭证', customerName: '欧阳懿一' }
  const sent = { complaintId, templateId: 'information-request', lang: 'zh-CN', fields, out } as const
  const { letterId: id } = await door.call('letters.render', sent)
  if (id === null) throw new Error('no letter on record')
  expect(codeIn(await door.ask('letters.open', { id, reason: ' ' }))).toBe('reason.required')
  expect([given, left(door)]).toEqual([[], []])
  await door.call('letters.open', { id, reason })
  const [one] = given
  expect(basename(one?.path ?? '')).toBe('letter.pdf')
  expect(readFileSync(one?.path ?? '').equals(readFileSync(out))).toBe(true)
  if (process.platform !== 'win32') expect(one?.modes).toEqual([0o600, 0o700, 0o700])
  takes.open = false
  expect(codeIn(await door.ask('letters.open', { id, reason }))).toBe('opener.failed')
  const { items } = await door.call('audit.list', {})
  const told = items.filter(({ action }) => action.startsWith('letters.open'))
  expect(told.map(({ action, detail }) => [action, detail['reason'] ?? detail['code']])).toEqual([
    ['letters.openFailed', 'opener.failed'],
    ['letters.opened', reason],
    ['letters.opened', reason],
  ])
  await door.app.lock('user')
  await expectGone(door, one)
})

test.each(['panic', 'idle', 'suspend', 'quit'] as const)('a lock by %s leaves no copy', async (why) => {
  const { given, opener } = desktop({ available: true, open: true })
  const door = realDoor({ opener })
  expect(codeIn(await ask(door, await anAttachment(door)))).toBe('ok')
  if (why === 'quit') await door.app.dispose()
  else await door.app.lock(why)
  await expectGone(door, given[0])
})

test('idle identities take the copy with them, and so does a vault process that dies', async () => {
  const first = desktop({ available: true, open: true })
  const idle = realDoor({ opener: first.opener, idle: { lockMs: 600_000, identitiesMs: 1500 } })
  expect(codeIn(await ask(idle, await anAttachment(idle)))).toBe('ok')
  await vi.waitFor(() => expect(idle.events.at(-1)).toEqual({ type: 'session.identities', open: false }), {
    timeout: 8000,
  })
  await expectGone(idle, first.given[0])

  const second = desktop({ available: true, open: true })
  const crashing = realDoor({ opener: second.opener })
  expect(codeIn(await ask(crashing, await anAttachment(crashing)))).toBe('ok')
  crashing.started[0]?.transport.kill()
  await expectGone(crashing, second.given[0])
})

test('without a program nothing is decrypted; one that refuses leaves nothing, and the log says so', async () => {
  const none = realDoor()
  expect(codeIn(await ask(none, await anAttachment(none)))).toBe('opener.missing')
  const missing = desktop({ available: false, open: true })
  const door = realDoor({ opener: missing.opener })
  expect(codeIn(await ask(door, await anAttachment(door)))).toBe('opener.missing')
  expect([missing.given, left(door), await opens(door)]).toEqual([[], [], []])

  const refusing = desktop({ available: true, open: false })
  const other = realDoor({ opener: refusing.opener })
  expect(codeIn(await ask(other, await anAttachment(other)))).toBe('opener.failed')
  await expectGone(other, refusing.given[0])
  expect(await opens(other)).toEqual(['attachments.openFailed', 'attachments.opened'])
})

test('a lock that comes while the file is being handed over leaves nothing either', async () => {
  const { given, opener } = desktop({
    available: true,
    open: async () => {
      await door.app.lock('panic')
      return true
    },
  })
  const door: Door = realDoor({ opener })
  expect(codeIn(await ask(door, await anAttachment(door)))).toBe('identities.closed')
  await expectGone(door, given[0])
})

test('what a killed run left is wiped at the next start; another run’s, other names and links stay', async () => {
  const appDataDir = mkdtempSync(join(tmpdir(), 'guicang-opened-'))
  folders.push(appDataDir)
  const gone = spawnSync(process.execPath, ['-e', 'console.log(process.pid)']).stdout.toString().trim()
  const name = (pid: string | number, started: string) => `${pid}-${started}-${'a'.repeat(32)}`
  const parent = join(appDataDir, 'opened')
  const dead = join(parent, name(gone, '12345'))
  const reused = join(parent, name(process.pid, '1'))
  const alive = join(parent, name(process.pid, startedAt(process.pid)))
  const stranger = join(parent, 'notes')
  for (const folder of [dead, reused, alive, stranger]) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'attachment.pdf'), content)
  }
  mkdirSync(join(dead, 'autosave'))
  writeFileSync(join(dead, 'autosave', 'x.tmp'), content)
  const own = join(appDataDir, 'own.txt')
  writeFileSync(own, 'a person’s own')
  symlinkSync(own, join(dead, 'link'))
  symlinkSync(stranger, join(dead, 'folder-link'))
  linkSync(own, join(dead, 'second-name'))
  const handles = ['attachment.pdf', 'autosave/x.tmp'].map((file) => openSync(join(dead, file), 'r'))

  const opened = openedFiles(appDataDir)
  await opened.settled()
  expect(readdirSync(parent).toSorted()).toEqual([basename(alive), basename(stranger)].toSorted())
  for (const handle of handles)
    expect(bytesBehind({ path: '', modes: [], handle }).every((byte) => byte === 0)).toBe(true)
  expect(readFileSync(own, 'utf8')).toBe('a person’s own')
  expect(readFileSync(join(stranger, 'attachment.pdf')).equals(content)).toBe(true)
  await opened.wipe()
  expect(readdirSync(alive)).toEqual(['attachment.pdf'])
})
