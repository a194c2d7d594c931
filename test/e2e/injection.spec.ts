// Hostile texts of customers, complaints, files and the company, on every page that shows them: as text, and nothing else.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { bridgeName } from '../../shared/bridge.ts'
import { record } from '../fuzz/support/counts.ts'
import { hitName, hostileTexts } from '../fuzz/support/hostile.ts'
import { passphrase } from './steps.ts'
import { expect, test } from './support/host.ts'

const texts = Object.values(hostileTexts).filter((text) => text.isWellFormed())

async function call(page: Page, channel: string, input: unknown): Promise<unknown> {
  return await page.evaluate(
    async ([name, noun, argument]) => {
      const bridge: unknown = Reflect.get(window, name)
      const invoke: unknown =
        typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'invoke') : undefined
      if (typeof invoke !== 'function') throw new Error('no bridge')
      const result: unknown = await Reflect.apply(invoke, undefined, [noun, argument])
      return result
    },
    [bridgeName, channel, input] as const,
  )
}

/** Nothing of a text became markup: no element that our own pages don't make. */
async function expectTextOnly(page: Page, where: string): Promise<void> {
  const seen = await page.evaluate((name) => {
    const foreign =
      'iframe, object, embed, form[action], base, [onerror], [onload], [onfocus], [srcdoc], img[src="x"], a[href^="java"], a[href^="http"], #root style, #root script'
    return {
      hit: Reflect.get(window, name) !== undefined,
      foreign: [...document.querySelectorAll(foreign)].map((element) => element.outerHTML.slice(0, 200)),
      visible: (document.getElementById('root')?.offsetHeight ?? 0) > 0,
    }
  }, hitName)
  expect([where, seen]).toEqual([where, { hit: false, foreign: [], visible: true }])
}

test('hostile texts are shown as text on every page, and nothing of them runs', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  const dialogs: string[] = []
  page.on('dialog', (dialog) => dialogs.push(dialog.message()))
  const html = texts.filter((text) => /[<{&]/.test(text))
  const company = { name: html[0] ?? '', creditCode: html[1] ?? '', address: html[2] ?? '' }
  const path = join(folder, `<img src=x onerror=window.${hitName}=1>.vault`.replaceAll('/', ''))
  const created = await call(page, 'vault.create', {
    path,
    company,
    owner: html[3]?.slice(0, 100),
    passphrase,
    deviceBinding: false,
  })
  expect(created).toMatchObject({ ok: true })
  for (const text of texts) {
    const extra = text === '__proto__' ? {} : { [text.slice(0, 200)]: text }
    const customer = {
      customerNo: text,
      name: text,
      mobile: text,
      email: text,
      address: text,
      registeredOn: text,
      extra,
    }
    expect(await call(page, 'customers.add', customer)).toMatchObject({ ok: true })
    const complaint = {
      complaintNo: text,
      category: text,
      channel: text,
      narrative: text,
      outcome: text,
      handler: text,
      amount: text,
    }
    expect(await call(page, 'complaints.add', complaint)).toMatchObject({ ok: true })
  }
  const name = `<img src=x onerror=window.${hitName}=1>=1+1'"`
  const csv = join(folder, `${name}.csv`)
  writeFileSync(
    csv,
    `姓名,"${(html[0] ?? '').replaceAll('"', '""')}"\n王小明,"${(html[1] ?? '').replaceAll('"', '""')}"\n`,
  )
  expect(await call(page, 'imports.run', { path: csv, kind: 'customers' })).toMatchObject({ ok: true })
  await page.reload()

  await page.getByTestId('nav-customers').click()
  const rows = page.getByTestId('customers-table-row')
  await expect(rows.first()).toBeVisible({ timeout: 60_000 })
  await expectTextOnly(page, 'customers')
  for (const at of [0, 3, 6, 9]) {
    await rows.nth(at).click()
    await expect(page.getByTestId('customer-detail')).toBeVisible()
    await expectTextOnly(page, `customer ${at}`)
  }
  await page.getByTestId('reveal-name').click()
  await page.getByTestId('reason-contact').check()
  await page.getByTestId('reveal-name-confirm').click()
  await expect(page.getByTestId('reveal-name-clear')).toBeVisible()
  await expectTextOnly(page, 'a revealed name')

  await page.getByTestId('nav-complaints').click()
  await expect(page.getByTestId('complaints-table-row').first()).toBeVisible()
  await expectTextOnly(page, 'complaints')
  // Found by its text, which the row shows as it is.
  const [image = ''] = texts.filter((text) => text.includes('<img'))
  await page.getByTestId('complaints-search').fill('onerror')
  await expect(page.getByTestId('complaints-table-row').first()).toContainText(image)
  await page.getByTestId('complaints-table-row').first().click()
  await expect(page.getByTestId('case-back')).toBeVisible()
  await expect(page.locator('#root')).toContainText(image)
  await expectTextOnly(page, 'a case')

  for (const nav of ['nav-imports', 'nav-exports', 'nav-audit', 'nav-settings']) {
    await page.getByTestId(nav).click()
    await page.waitForTimeout(500)
    await expectTextOnly(page, nav)
  }
  await page.getByTestId('nav-imports').click()
  await page.getByTestId('import-path').fill(csv)
  await page.getByTestId('import-preview').click()
  await expect(page.getByTestId('import-read')).toBeVisible()
  await expectTextOnly(page, 'an import')
  expect(dialogs).toEqual([])
  // What the policy or the console had to say is looked at by the fixture: it must be nothing.
  record('hostile texts shown in the window', texts.length * 2)
})
