// Columns that no field takes, in the window and in both languages: an owner classes one, and the customer's page follows.
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { choose } from './steps.ts'
import { expectForEverybody } from './support/everybody.ts'
import { expect as soonExpect, expectNoClear, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 60_000 })

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
      const openCustomer = async () => {
        await page.getByTestId('nav-customers').click()
        await page.getByTestId('customers-search').fill('ZZ-7')
        await page.getByText('ZZ-7', { exact: true }).first().click()
        await expect(page.getByTestId('customer-detail')).toContainText('尺码')
      }
      await openCustomer()
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

      await openCustomer()
      await expect(page.getByTestId('reveal-extra-shown')).toHaveText(/^\[(?:姓名|name) 1\] XL$/)
      await expect(page.getByTestId('reveal-extra')).toContainText(/商业秘密|trade secret/)
      await expectNoClear(page, ['宇文拓跋', '478'])
      await page.screenshot({ path: info.outputPath(`customer-${language}.png`) })
    })
  })
}
