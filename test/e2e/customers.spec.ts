// A customer as a whole, in the window and in both languages: transactions with sums, who is calling, relations, lawful basis,
// and two records that become one and two again.
import type { Page } from '@playwright/test'
import { expectForEverybody } from './support/everybody.ts'
import { expect as soonExpect, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 180_000 })

async function addCustomer(page: Page, no: string): Promise<void> {
  await page.getByTestId('customer-add').click()
  await page.getByTestId('customer-customerNo').fill(no)
  await page.getByTestId('customer-name').fill('宇文拓跋')
  await page.getByTestId('customer-mobile').fill('13892483177')
  await page.getByTestId('customer-save').click()
  await expect(page.getByTestId('customer-detail')).toContainText(no)
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a customer’s page: money, caller, relations, basis; and two records of one customer', async ({
      host,
    }, info) => {
      test.setTimeout(900_000)
      const { page } = host
      page.setDefaultTimeout(60_000)
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}-${language}.png`) })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await page.getByTestId('nav-customers').click()
      await addCustomer(page, 'ZZ-1')

      for (const [no, amount] of [
        ['HT-2025-7', '0.10'],
        ['HT-2025-8', '0.20'],
      ] as const) {
        await page.getByTestId('transaction-add').click()
        await page.getByTestId('transaction-transactionNo').fill(no)
        await page.getByTestId('transaction-amount').fill(amount)
        await page.getByTestId('transaction-description').fill('宇文拓跋的年卡')
        await picture('transaction-form')
        await page.getByTestId('transaction-save').click()
        await expect(page.getByTestId('transaction-save')).toBeHidden()
      }
      await expect(page.getByTestId('transaction-sums')).toContainText('0.30 CNY')
      await expect(page.getByTestId('transaction').first()).toContainText(/\[.+ 1\]的年卡/)

      await page.getByTestId('caller-open').click()
      await page.getByTestId('caller-orderNo').fill('ht2025-7')
      await page.getByTestId('caller-mobileLast4').fill('317')
      await page.getByTestId('caller-check').click()
      await expect(page.locator('.field-error', { hasText: /末四位|last four/ })).toBeVisible()
      await page.getByTestId('caller-mobileLast4').fill('3177')
      await page.getByTestId('caller-check').click()
      await expect(page.getByTestId('caller-verdict')).toContainText(/核实通过|Verified/)
      await picture('caller')
      await expectForEverybody(page, 'customers, verify caller')
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('caller-check')).toBeHidden()

      await page.getByTestId('fact-add').click()
      await page.getByTestId('fact-purpose').fill('履行年卡合同')
      await page.getByTestId('fact-date').fill('2025')
      await expect(page.getByTestId('fact-save')).toBeDisabled()
      await page.getByTestId('fact-date').fill('2025-01-31')
      await page.getByTestId('fact-save').click()
      await expect(page.getByTestId('customer-facts')).toContainText('履行年卡合同')

      await page.getByTestId('relation-add').click()
      await page.getByTestId('complaint-find-customer').fill('GC1001')
      await page.getByTestId('picker-customer').first().click()
      await page.getByTestId('relation-save').click()
      await expect(page.getByTestId('relations').locator('li')).toHaveCount(1)
      await page.getByTestId('relations').scrollIntoViewIfNeeded()
      await picture('customer')
      await expectForEverybody(page, 'customers, one in full')

      await addCustomer(page, 'ZZ-2')
      await page.getByTestId('customers-duplicates').click()
      await expect(page.getByTestId('duplicate-pair').first()).toBeVisible()
      await picture('duplicates')
      await expectForEverybody(page, 'customers, duplicates')
      const pair = page.getByTestId('duplicate-pair').filter({ hasText: 'ZZ-1' })
      await pair.getByTestId('keep-left').click()
      await expect(page.getByTestId('merge-confirm')).toBeDisabled()
      await page.getByTestId('merge-reason').fill('同一人两次建档')
      await picture('merge')
      await page.getByTestId('merge-confirm').click()
      await expect(pair).toHaveCount(0)
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('merged-records')).toContainText(/ZZ-[12]/)
      await page.getByTestId('merged-records').scrollIntoViewIfNeeded()
      await picture('merged')
      await page.getByTestId('unmerge').click()
      await expect(page.getByTestId('merged-records')).toHaveCount(0)
      await expect(page.getByTestId('customer-compare')).toBeVisible()

      await page.getByTestId('nav-complaints').click()
      await page.getByTestId('complaints-table-row').first().click()
      await page.getByTestId('transaction-link').click()
      await page.getByTestId('transaction-link-number').fill('HT-2025')
      await page.getByTestId('transaction-pick').first().click()
      await expect(page.getByTestId('transaction-sums')).toContainText('0.20 CNY')
      await page.getByTestId('transactions').scrollIntoViewIfNeeded()
      await picture('case')
      await expectForEverybody(page, 'complaints, with a transaction')
    })
  })
}

test('the questions to callers are an owner’s to set, and a script that nobody could pass is refused', async ({
  host: { page },
}, info) => {
  test.setTimeout(600_000)
  page.setDefaultTimeout(60_000)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByTestId('welcome-sample').click()
  await expect(page.getByTestId('shell')).toBeVisible()
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('settings-to-callers').click()
  await page.getByTestId('script-addressPart').uncheck()
  await page.getByTestId('script-matches').fill('7')
  await page.getByTestId('script-save').click()
  await expect(page.locator('.field-error', { hasText: '谁也无法通过' })).toBeVisible()
  await page.getByTestId('script-matches').fill('3')
  await page.getByTestId('script-save').click()
  await expect(page.locator('.field-error')).toHaveCount(0)
  await page.screenshot({ path: info.outputPath('script.png') })
  await expectForEverybody(page, 'settings, questions to callers')
  await page.getByTestId('nav-customers').click()
  await page.getByTestId('customers-table-row').first().click()
  await page.getByTestId('caller-open').click()
  await expect(page.getByTestId('caller-orderNo')).toBeVisible()
  await expect(page.getByTestId('caller-addressPart')).toHaveCount(0)
})
