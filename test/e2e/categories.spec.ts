// The tree of categories in the window and in both languages: an owner writes it, complaints take from it, what lies outside is
// counted, moved and moved back; and a transaction that was typed wrong is corrected.
import type { Page } from '@playwright/test'
import { expectForEverybody } from './support/everybody.ts'
import { expect as soonExpect, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 120_000 })

/** Takes a name that is offered; the browser's own list isn't part of the page. */
async function take(page: Page, testId: string, name: string): Promise<void> {
  const field = page.getByTestId(testId)
  const list = page.locator(`datalist[id="${(await field.getAttribute('list')) ?? ''}"]`)
  await expect(list.locator(`option[value="${name}"]`)).toHaveCount(1)
  await field.fill(name)
  await expect(page.getByTestId(`${testId}-outside`)).toHaveCount(0)
}

async function toCategories(page: Page): Promise<void> {
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('settings-to-categories').click()
  await expect(page.getByTestId('category-take')).toBeEnabled()
}

async function saveTree(page: Page): Promise<void> {
  await page.getByTestId('category-save').click()
  await expect(page.getByTestId('category-save')).toBeDisabled()
  await expect(page.getByTestId('category-discard')).toBeHidden()
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('an owner’s tree, complaints that take from it, and what lies outside', async ({ host }, info) => {
      test.setTimeout(600_000)
      const { page } = host
      page.setDefaultTimeout(60_000)
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}-${language}.png`) })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()

      const first = page.getByTestId('category-0-name')
      await toCategories(page)
      await test.step('without a tree nothing is outside; the complaints’ own are taken over', async () => {
        await expect(page.getByTestId('categories-outside')).toHaveCount(0)
        await page.getByTestId('category-take').click()
        await expect(first).not.toHaveValue('')
        await expect(page.getByTestId('category-0')).toContainText(/[1-9]\d* (件|complaints)/)
        await page.getByTestId('category-0-open').click()
        await picture('taken-over')
        await saveTree(page)
        await expect(page.getByTestId('outside-name')).toHaveCount(0)
      })

      const old = await first.inputValue()
      await test.step('names are added by keyboard, twice is refused, lines move', async () => {
        await page.getByTestId('category-add').click()
        await page.keyboard.type(old)
        await expect(page.locator('.field-error', { hasText: /已有|there already/ })).toBeVisible()
        await expect(page.getByTestId('category-save')).toBeDisabled()
        await picture('twice')
        await page.keyboard.press('ControlOrMeta+a')
        await page.keyboard.type('会员卡')
        const lines = page.getByTestId('category-tree').locator('> li')
        const last = (await lines.count()) - 1
        await page.getByTestId(`category-${last}-open`).click()
        await page.getByTestId(`category-${last}-add`).click()
        await page.keyboard.type('年卡')
        await page.getByTestId(`category-${last}-add`).click()
        await page.keyboard.type('次卡')
        await page.keyboard.press('Alt+ArrowUp')
        await expect(page.getByTestId(`category-${last}-0-name`)).toHaveValue('次卡')
        await expect(page.getByTestId(`category-${last}-0-name`)).toBeFocused()
        for (let place = last; place > 0; place -= 1) await page.getByTestId(`category-${place}-up`).click()
        await expect(first).toHaveValue('会员卡')
        await saveTree(page)
        // A button under the pointer has colours of its own.
        await page.mouse.move(0, 0)
        await picture('saved')
        await expectForEverybody(page, 'settings, categories')
      })

      const others = page.getByTestId('category-1-name')
      await test.step('a rename changes the tree alone; complaints are moved after it, and back', async () => {
        await expect(others).toHaveValue(old)
        await others.fill('改了名的类别')
        await saveTree(page)
        const outside = page.getByTestId('outside-name').filter({ hasText: old })
        await expect(outside).toHaveCount(1)
        await outside.getByTestId('outside-move').click()
        await take(page, 'move-category', '改了名的类别')
        await picture('outside')
        await page.mouse.move(0, 0)
        await expectForEverybody(page, 'settings, categories outside')
        await page.getByTestId('move-apply').click()
        await expect(page.getByTestId('move-done')).toContainText(/[1-9]/)
        await expect(outside).toHaveCount(0)
        await picture('moved')
        await page.getByTestId('move-undo').click()
        await expect(page.getByTestId('move-undo')).toBeHidden()
        await expect(outside).toHaveCount(1)
      })

      await test.step('a new complaint takes from the tree, and may still have another', async () => {
        await page.getByTestId('nav-complaints').click()
        await page.getByTestId('complaint-add').click()
        await page.getByTestId('complaint-narrative').fill('年卡没有退款')
        await page.getByTestId('complaint-category').fill('别的')
        await expect(page.getByTestId('complaint-category-outside')).toBeVisible()
        await page.getByTestId('complaint-category').fill('')
        await take(page, 'complaint-category', '会员卡')
        await expect(page.getByTestId('complaint-category-outside')).toBeHidden()
        await take(page, 'complaint-subcategory', '年卡')
        await picture('offered')
        await expectForEverybody(page, 'new complaint, with a tree')
        await page.getByTestId('complaint-save').click()
        await page.getByTestId('complaint-open').click()
        await expect(page.getByTestId('shell')).toContainText('会员卡')
      })

      await test.step('an edit offers it too, and says softly what is outside', async () => {
        await page.getByTestId('case-edit').click()
        await take(page, 'case-edit-subcategory', '次卡')
        await page.getByTestId('case-edit-category').fill('别的')
        await expect(page.getByTestId('case-edit-category-outside')).toBeVisible()
        await picture('edit')
        await page.getByTestId('case-edit-category').fill('会员卡')
        await page.getByTestId('case-edit-save').click()
        await expect(page.getByTestId('case-edit-save')).toBeHidden()
        await expect(page.getByTestId('shell')).toContainText('次卡')
      })

      await test.step('and so does the act on many', async () => {
        await page.getByTestId('nav-complaints').click()
        await expect(page.getByTestId('complaints-table-row').first()).toBeVisible()
        await page.getByTestId('complaints-table').focus()
        await page.keyboard.press('Space')
        await page.keyboard.press('Shift+ArrowDown')
        await take(page, 'bulk-category', '会员卡')
        await take(page, 'bulk-subcategory', '年卡')
        await picture('bulk')
        await page.getByTestId('bulk-apply').click()
        await expect(page.getByTestId('bulk-done')).toContainText('2')
      })

      await test.step('a transaction that was typed wrong is corrected', async () => {
        await page.getByTestId('nav-customers').click()
        await page.getByTestId('customers-table-row').first().click()
        await page.getByTestId('transaction-add').click()
        await page.getByTestId('transaction-transactionNo').fill('HT-2025-7')
        await page.getByTestId('transaction-amount').fill('1000.10')
        await page.getByTestId('transaction-description').fill('年卡，电话 13892483177')
        await page.getByTestId('transaction-save').click()
        await expect(page.getByTestId('transaction-save')).toBeHidden()
        const line = page.getByTestId('transaction').filter({ hasText: 'HT-2025-7' })
        await line.getByTestId('transaction-edit').click()
        await expect(page.getByTestId('transaction-save')).toBeDisabled()
        await expect(page.getByTestId('transaction-description')).toHaveValue('')
        await page.getByTestId('transaction-amount').fill('许多')
        await page.getByTestId('transaction-save').click()
        await expect(page.locator('.field-error').filter({ hasText: /./ })).toBeVisible()
        await page.getByTestId('transaction-amount').fill('100.10')
        await picture('correct')
        await page.getByTestId('transaction-save').click()
        await expect(page.getByTestId('transaction-save')).toBeHidden()
        await expect(line).toContainText('100.10')
        await expect(line).toContainText(/年卡，电话 \[.+ 1\]/)
      })
    })
  })
}
