// Every page against WCAG 2.1 A and AA, in light and dark: names, roles, order, contrast.
import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { z } from 'zod'
import { expect, test } from './support/host.ts'

const reportSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }))

/** Runs axe in the page; its rules come through the driver, since the page itself may load nothing. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source)
  const answer: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((r) => JSON.parse(JSON.stringify(r.violations)))`,
  )
  const found = reportSchema
    .parse(answer)
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
  expect(found, name).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pages can be used by everybody, ${colorScheme}`, async ({ host: { page, folder } }) => {
    test.slow()
    await page.emulateMedia({ colorScheme })
    await expect(page.getByTestId('welcome-sample')).toBeVisible()
    await expectAccessible(page, 'welcome')
    await page.getByTestId('welcome-create').click()
    await expectAccessible(page, 'create')
    await page.getByTestId('back').click()
    await page.getByTestId('welcome-path').fill(folder)
    await page.getByTestId('welcome-open').click()
    await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.notAVault')
    await expectAccessible(page, 'a folder that is no vault')
    await page.getByTestId('unlock-recover').click()
    await expectAccessible(page, 'recover')
    await page.getByTestId('back').click()
    await page.getByTestId('back').click()

    await page.getByTestId('welcome-sample').click()
    await page.getByTestId('customers-table-row').first().click({ timeout: 60_000 })
    await page.getByTestId('reveal-mobile').click()
    await page.getByTestId('reason-contact').check()
    await expectAccessible(page, 'customers, why a value must be seen')
    await page.getByTestId('reveal-mobile-confirm').click()
    await expect(page.getByTestId('reveal-mobile-clear')).toBeVisible()
    await expectAccessible(page, 'customers, revealed')
    await page.getByTestId('nav-complaints').click()
    await expect(page.getByTestId('complaints-table-row').first()).toBeVisible()
    await expectAccessible(page, 'complaints')
    await page.getByTestId('complaints-table-row').first().click()
    await expect(page.getByTestId('case-narrative')).toBeVisible()
    await expectAccessible(page, 'a complaint')
    await page.getByTestId('nav-complaints').click()
    await page.getByTestId('complaint-add').click()
    await expectAccessible(page, 'taking a complaint')
    for (const name of ['imports', 'exports', 'audit', 'settings']) {
      await page.getByTestId(`nav-${name}`).click()
      await expect(page.locator('h1')).toBeVisible()
      await expectAccessible(page, name)
    }
  })
}

test('a list is worked by keys alone', async ({ host: { page } }) => {
  await page.getByTestId('welcome-sample').click()
  await expect(page.getByTestId('customers-table-row').first()).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('customers-search')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByTestId('customers-table').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('customer-detail')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('customer-detail')).toBeHidden()
})
