// How a session ends in the window: at once, from anywhere, by the panic chord; and by what the computer does.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { passphrase } from './steps.ts'
import { expect as soonExpect, lockAndWait, test, type TestHost } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 60_000 })

test.describe.configure({ timeout: 240_000 })

const chord = 'Control+Shift+KeyL'

/** A vault that is open in the window, made without the wizard. */
async function openVault({ app, page, folder }: TestHost): Promise<void> {
  const sender = { mainFrame: true, origin: new URL(page.url()).origin }
  const input = {
    path: join(folder, 'session.vault'),
    company: { name: '示例商贸有限公司' },
    owner: '林晓',
    passphrase,
    deviceBinding: false,
  }
  expect((await app.invoke(sender, 'vault.create', input)).ok).toBe(true)
  await page.reload()
  await expect(page.getByTestId('shell')).toBeVisible()
}

async function panicAndWait(page: Page): Promise<void> {
  await lockAndWait(page, () => page.keyboard.press(chord))
}

test('a panic locks over an open dialog, while typing, and says so', async ({ host }) => {
  const { page, app } = host
  await openVault(host)
  await page.getByTestId('nav-settings').click()
  await expect(page.getByTestId('settings-shortcuts')).toContainText('紧急锁定')
  await page.getByTestId('nav-audit').click()
  await page.getByTestId('audit-verify').click()
  await expect(page.getByTestId('audit-verify-run')).toBeVisible()
  await page.getByTestId('audit-verify-checkpoint').focus()
  await panicAndWait(page)
  expect(app.isOpen()).toBe(false)
  await expect(page.getByTestId('locked-notice')).toContainText('紧急锁定')
  expect(host.calls).toContainEqual(expect.objectContaining({ channel: 'vault.lock', code: undefined }))
  host.takeProblems()
})

test('the screen is blank before anything is answered, also while an input method composes', async ({
  host,
}) => {
  const { page } = host
  await openVault(host)
  const said = page.waitForEvent('console', (message) => message.text().startsWith('shown: '))
  // The lock loads the page anew: it may be gone before this call has its own answer.
  const asked = page.evaluate(() => {
    const shown = (): string => getComputedStyle(document.body).display
    const before = shown()
    const composing = { key: 'Process', code: 'KeyL', ctrlKey: true, shiftKey: true, isComposing: true }
    document
      .getElementById('root')
      ?.dispatchEvent(new KeyboardEvent('keydown', { ...composing, bubbles: true }))
    console.info(`shown: ${before}, ${shown()}`)
  })
  const ended = asked.catch((gone: unknown) => expect(String(gone)).toContain('context was destroyed'))
  expect((await said).text()).toBe('shown: block, none')
  await ended
  await expect.poll(() => host.app.isOpen()).toBe(false)
  await expect(page.getByTestId('locked-notice')).toContainText('紧急锁定')
  host.takeProblems()
})

test('a panic in the middle of a job ends the job', async ({ host }) => {
  const { page } = host
  await page.getByTestId('welcome-sample').click()
  await expect(page.getByTestId('job-line')).toBeVisible()
  await panicAndWait(page)
  await expect(page.getByTestId('welcome-sample')).toBeVisible()
  await expect(page.getByTestId('job-line')).toHaveCount(0)
  expect(host.app.isOpen()).toBe(false)
  host.takeProblems()
})

test('with nothing open what was typed is gone', async ({ host }) => {
  const { page } = host
  await page.getByTestId('welcome-create').click()
  await page.getByTestId('create-company').fill('示例商贸有限公司')
  await panicAndWait(page)
  await page.getByTestId('welcome-create').click()
  await expect(page.getByTestId('create-company')).toHaveValue('')
  host.takeProblems()
})

test('a screen that is locked locks the vault, and the unlock screen says so', async ({ host }) => {
  const { page, app } = host
  await openVault(host)
  await lockAndWait(page, () => app.lock('screen'))
  await expect(page.getByTestId('locked-notice')).toContainText('屏幕已锁')
})

for (const during of ['an open vault', 'nothing open'])
  test(`a page that dies with ${during} comes back locked, in a new browser`, async ({ host }) => {
    if (during === 'an open vault') await openVault(host)
    const dead = host.page
    const session = await dead.context().newCDPSession(dead)
    // No answer to it: whom it was said to dies of it.
    const answer = session.send('Page.crash').then(String, String)
    await expect.poll(() => host.page !== dead).toBe(true)
    expect(await answer).toMatch(/crashed|closed/)
    expect(host.app.isOpen()).toBe(false)
    if (during === 'an open vault')
      await expect(host.page.getByTestId('locked-notice')).toContainText('程序的一部分意外停止')
    else await expect(host.page.getByTestId('welcome-create')).toBeVisible()
    await expect(host.page.getByTestId('shell')).toHaveCount(0)
    await host.page.reload()
    host.takeProblems()
  })
