// Columns that no field takes, and own fields that are trade secrets, in the window and in both languages: an owner classes them, and
// the customer's page follows.
import { join } from 'node:path'
import type { Request } from '../../shared/contract/index.ts'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { choose, enterNewVault, unlockAs } from './steps.ts'
import { expectForEverybody } from './support/everybody.ts'
import { expect as soonExpect, expectNoClear, lockAndWait, type Page, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 60_000 })

const handler = { name: '陈静', first: 'paper window seven rivers', own: 'violet harbour morning ladder' }

async function openCustomer(page: Page, number: string): Promise<void> {
  await page.getByTestId('nav-customers').click()
  await page.getByTestId('customers-search').fill(number)
  await page.getByText(number, { exact: true }).first().click()
  await expect(page.getByTestId('customer-detail')).toContainText(number)
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a column is masked by its class, and shown to everybody once an owner says so', async ({
      host,
    }, info) => {
      test.slow()
      const { page } = host
      page.setDefaultTimeout(60_000)
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      const added = await host.app.invoke({ mainFrame: true, origin: chromiumOrigin }, 'customers.add', {
        customerNo: 'ZZ-7',
        name: '宇文拓跋',
        extra: { 尺码: '宇文拓跋 XL', 底价: '478 元' },
      })
      expect(added.ok).toBe(true)
      await openCustomer(page, 'ZZ-7')
      await expect(page.getByTestId('customer-detail')).toContainText('尺码')
      await expect(page.getByTestId('reveal-extra')).toHaveCount(2)
      await expectNoClear(page, ['XL', '478'])

      await page.getByTestId('nav-settings').click()
      await page.getByTestId('settings-to-fields').click()
      await choose(page, 'field-class-customers-尺码', /一般信息|Ordinary/)
      await expect(page.getByTestId('field-class-customers-尺码')).toContainText(/一般信息|Ordinary/)
      await choose(page, 'field-class-customers-底价', /商业秘密|Trade secret/)
      await expect(page.getByTestId('field-class-customers-底价')).toContainText(/商业秘密|Trade secret/)
      await page.getByTestId('fields-section').scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath(`fields-${language}.png`) })
      await expectForEverybody(page, 'settings, columns')

      await openCustomer(page, 'ZZ-7')
      await expect(page.getByTestId('reveal-extra-shown')).toHaveText(/^\[(?:姓名|name) 1\] XL$/)
      await expect(page.getByTestId('reveal-extra')).toContainText(/商业秘密|trade secret/)
      await expectNoClear(page, ['宇文拓跋', '478'])
      await page.screenshot({ path: info.outputPath(`customer-${language}.png`) })
    })

    test('an amount is a trade secret once an owner says so: a handler sees a lock, and corrects the rest', async ({
      host,
    }, info) => {
      test.slow()
      const { page, app, folder } = host
      page.setDefaultTimeout(60_000)
      await page.setViewportSize({ width: 1280, height: 720 })
      await enterNewVault(page, join(folder, 'secrets.vault'))
      const sender = { mainFrame: true, origin: chromiumOrigin }
      const customer: Request<'customers.add'> = { customerNo: 'ZZ-8', name: '宇文拓跋' }
      expect((await app.invoke(sender, 'customers.add', customer)).ok).toBe(true)
      const sold: Request<'transactions.add'> = {
        transactionNo: 'HT-8',
        customerNo: 'ZZ-8',
        amount: '7319.25',
        currency: 'CHF',
        date: '2019-05-06',
        status: '已装箱',
      }
      expect((await app.invoke(sender, 'transactions.add', sold)).ok).toBe(true)
      const added = await app.invoke(sender, 'users.add', {
        name: handler.name,
        role: 'handler',
        passphrase: handler.first,
      })
      expect(added.ok).toBe(true)

      await page.getByTestId('nav-settings').click()
      await page.getByTestId('settings-to-fields').click()
      await page.getByTestId('fields-own').click()
      await choose(page, 'own-class-transactions-amount', /商业秘密|Trade secret/)
      await expect(page.getByTestId('own-class-transactions-amount')).toContainText(/商业秘密|Trade secret/)
      await page.getByTestId('own-class-transactions-amount').scrollIntoViewIfNeeded()
      await page.screenshot({ path: info.outputPath(`own-fields-${language}.png`) })
      await expectForEverybody(page, 'settings, own fields')
      await openCustomer(page, 'ZZ-8')
      await expect(page.getByTestId('transaction-sums')).toContainText('7,319.25 CHF')
      await expect(page.getByTestId('transactions').getByTestId('trade-secret')).toHaveCount(0)

      await lockAndWait(page, () => page.getByTestId('lock').click())
      await unlockAs(page, handler.name, handler.first)
      await page.getByTestId('first-current').fill(handler.first)
      await page.getByTestId('first-passphrase').fill(handler.own)
      await page.getByTestId('first-repeat').fill(handler.own)
      await page.getByTestId('first-submit').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await openCustomer(page, 'ZZ-8')
      const transactions = page.getByTestId('transactions')
      await expect(transactions.getByTestId('transaction')).toContainText(
        /金额\s+商业秘密|Amount\s+trade secret/,
      )
      await expect(page.getByTestId('transaction-sums')).toContainText(/商业秘密|trade secret/)
      await expect(transactions).toContainText('已装箱')
      await expectNoClear(page, ['7,319.25', '7319', 'CHF'])
      await page.screenshot({ path: info.outputPath(`withheld-${language}.png`) })
      await expectForEverybody(page, 'customer, withheld amount')

      await page.getByTestId('transaction-edit').click()
      await expect(page.getByTestId('transaction-date')).toBeVisible()
      await expect(page.getByTestId('transaction-amount')).toHaveCount(0)
      await expect(page.getByTestId('transaction-currency')).toHaveCount(0)
      await page.getByTestId('transaction-description').fill('年卡')
      await page.screenshot({ path: info.outputPath(`withheld-form-${language}.png`) })
      await page.getByTestId('transaction-save').click()
      await expect(page.getByTestId('transaction-save')).toBeHidden()
      await expect(transactions).toContainText('年卡')

      await page.getByTestId('nav-settings').click()
      await page.getByTestId('settings-to-fields').click()
      await page.getByTestId('fields-own').click()
      await expect(page.getByTestId('own-class-transactions-amount')).toHaveClass(/ant-select-disabled/)
    })
  })
}
