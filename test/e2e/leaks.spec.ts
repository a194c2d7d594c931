// What the window and its browser get to hold: no clear value before a reveal, after it that one only, and nothing of it on
// the disk, in the page after a lock, or in what the system shows of our processes.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { chromiumOrigin, windowTitle } from '../../electron/shell/security/origins.ts'
import { memoryMissing, scanMemory, textOf, treeOf } from '../faults/leaks/memory.ts'
import { countByKind, scanFolder, type Scanner, scannerOf } from '../faults/leaks/scanner.ts'
import { countSecret } from '../faults/leaks/secrets.ts'
import { identitiesOf } from '../faults/leaks/sources.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { expect, expectNoClear, lockAndWait, test, type TestHost } from './support/host.ts'
import { unlock } from './steps.ts'

const passphrase = 'seven pale lanterns 在桥下 drift'
const rows = customerRows(40)
/** Stands in the name and the text of a file, and in a letter. */
const stranger = '17712093846'
const scanner: Scanner = scannerOf([...rows.flatMap(identitiesOf), { kind: 'number', value: stranger }])
const listed = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) })

/** Makes the vault without the page: what a person's own file shows there is theirs to see. Answers the recovery codes. */
async function fill(host: TestHost): Promise<string[]> {
  const call = async (channel: string, input: object): Promise<unknown> => {
    const result = await host.app.invoke({ mainFrame: true, origin: chromiumOrigin }, channel, input)
    if (!result.ok) throw new Error(`${channel}: ${result.error.code}`)
    return result.value
  }
  const created = await call('vault.create', {
    path: join(host.folder, 'leaks.vault'),
    company: { name: '示例商贸有限公司' },
    owner: '林晓',
    passphrase,
    deviceBinding: false,
  })
  const complaints = rows.map((_row, index) => complaintRow(index + 1))
  for (const [kind, table] of [
    ['customers', rows],
    ['complaints', complaints],
  ] as const) {
    const path = join(host.folder, `${kind}.csv`)
    writeFileSync(path, csvOf(table))
    await call('imports.run', { path, kind })
  }
  const paper = join(host.folder, `录音_${stranger}.txt`)
  writeFileSync(paper, stranger)
  const letter = { templateId: 'interim', lang: 'zh-CN', fields: { progress: `已致电${stranger}。` } }
  for (const { id } of listed.parse(await call('complaints.list', {})).items) {
    await call('attachments.add', { complaintId: id, path: paper, note: `电话${stranger}` })
    await call('letters.render', { ...letter, complaintId: id, out: join(host.folder, `${id}.pdf`) })
  }
  return z.looseObject({ recoveryCodes: z.array(z.string()) }).parse(created).recoveryCodes
}

/** The folder of the browser that this process drives. */
function profileFolder(): string {
  const found = readdirSync(tmpdir())
    .filter((name) => name.startsWith('guicang-window-'))
    .map((name) => join(tmpdir(), name))
    .find((folder) => {
      const owner = join(folder, 'owner')
      return existsSync(owner) && readFileSync(owner, 'utf8').startsWith(`${process.pid} `)
    })
  if (found === undefined) throw new Error('the browser has no profile')
  return found
}

/** Scans the profile as it lies there now, with a planted file that must be found. */
function scanProfile(folder: string): void {
  const planted = join(folder, 'profile', 'planted')
  writeFileSync(planted, `x${rows[0]?.手机号}x`, 'utf16le')
  const { files, bytes, hits } = scanFolder(folder, scanner.find)
  rmSync(planted)
  console.log(`browser profile: ${files} files, ${bytes} bytes`)
  expect(hits.map(({ file }) => file)).toEqual(['profile/planted'])
  expect(files).toBeGreaterThan(10)
}

test('a session with a reveal: only that value reaches the page, and nothing stays', async ({ host }) => {
  test.slow()
  const { page, traffic } = host
  const codes = await fill(host)
  await lockAndWait(page, () => host.app.lock('user'))
  const profile = profileFolder()
  const start = traffic.length
  const crossed = (): string =>
    traffic
      .slice(start)
      .map(({ json }) => json)
      .join('\n')

  await test.step('masked work: no clear value crosses, none is written', async () => {
    await unlock(page, passphrase)
    await page.getByTestId('nav-customers').click()
    await expect(page.getByTestId('customers-table-row').first()).toBeVisible()
    await page.getByTestId('customers-search').fill('KH000003')
    await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
    await page.getByTestId('nav-complaints').click()
    await page.getByTestId('complaints-table-row').first().click()
    await expect(page.getByTestId('attachment-item')).toHaveCount(1)
    await page.getByTestId('nav-audit').click()
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('nav-customers').click()
    await page.getByTestId('customers-table-row').first().click()
    await expect(page.getByTestId('reveal-mobile')).toBeVisible()
    const messages = traffic.slice(start)
    console.log(`crossed before the reveal: ${messages.length} messages, ${crossed().length} characters`)
    expect(messages.length).toBeGreaterThan(15)
    const asked = new Set(messages.map(({ channel }) => channel))
    expect(['attachments.list', 'letters.list'].filter((channel) => !asked.has(channel))).toEqual([])
    expect(countByKind(scanner.find(Buffer.from(crossed())))).toEqual({})
    expect(messages.filter(({ json }) => countSecret(Buffer.from(json), passphrase) > 0)).toMatchObject([
      { direction: 'call', channel: 'vault.unlock' },
    ])
    expect(countByKind(scanner.find(Buffer.from(await page.content())))).toEqual({})
    scanProfile(profile)
  })

  const pidsBefore = renderers()
  await test.step('one reveal: that value and no other', async () => {
    await page.getByTestId('reveal-mobile').click()
    await page.getByTestId('reason-contact').check()
    await page.getByTestId('reveal-mobile-confirm').click()
    const shown = await page.getByTestId('reveal-mobile-clear').locator('.revealed-value').innerText()
    const found = scanner.find(Buffer.from(crossed()))
    expect(found.map(({ value }) => value)).toEqual([shown])
    expect(scanner.find(Buffer.from(await page.content())).map(({ value }) => value)).toEqual([shown])
    scanProfile(profile)
  })

  await test.step('what the system shows of our processes has no secret in it', () => {
    const pids = process.platform === 'linux' ? treeOf(process.pid) : []
    if (pids.length === 0) console.warn('skipped: process titles, because they are read from /proc')
    for (const pid of pids) {
      for (const name of ['cmdline', 'comm', 'environ']) {
        const text = Buffer.from(textOf(pid, name))
        expect(countByKind(scanner.find(text)), name).toEqual({})
        for (const secret of [passphrase, ...codes]) expect(countSecret(text, secret), name).toBe(0)
      }
    }
    const titles = pids.map((pid) => textOf(pid, 'cmdline')).join('\n')
    if (pids.length > 0) expect(titles).toContain('vault/process/entry.ts')
    console.log(`processes looked at: ${pids.length}`)
  })

  await test.step('after a lock the page, its title and the profile have nothing', async () => {
    await lockAndWait(page, () => page.getByTestId('lock').click())
    await expectNoClear(page, [...rows.flatMap(identitiesOf).map(({ value }) => value), passphrase])
    expect(countByKind(scanner.find(Buffer.from(await page.content())))).toEqual({})
    expect(await page.title()).toBe(windowTitle)
    scanProfile(profile)
  })

  await test.step('the page that showed it is gone, and its process with it', () => {
    const missing = memoryMissing()
    if (missing !== undefined)
      return console.warn(`skipped: looking into the browser’s memory, because ${missing}`)
    const kept = renderers().filter((pid) => pidsBefore.includes(pid))
    console.log(`renderers before the lock: ${pidsBefore.length}, of them still there: ${kept.length}`)
    const found = new Set<string>()
    let bytes = 0
    for (const pid of renderers()) {
      const scan = scanMemory(pid, (part) => {
        for (const { kind } of scanner.find(part)) found.add(kind)
        if (countSecret(part, passphrase) > 0) found.add('passphrase')
      })
      bytes += scan.bytes
    }
    console.log(`renderers’ memory after the lock: ${bytes} bytes`)
    expect([...found]).toEqual([])
    expect(bytes).toBeGreaterThan(1 << 20)
  })

  await host.close()
  expect(existsSync(profile)).toBe(false)
})

/** The browser's processes that show pages. */
function renderers(): number[] {
  if (process.platform !== 'linux') return []
  return treeOf(process.pid).filter((pid) => textOf(pid, 'cmdline').includes('--type=renderer'))
}
