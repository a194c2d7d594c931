// The window's whole job, as a person does it: create, import, look, reveal, take a complaint, export, prove, lock, recover.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { choose, createVault, passphrase, typeCode, unlock } from './steps.ts'
import { expect, expectNoClear, lockAndWait, test } from './support/host.ts'

const secondPassphrase = 'marble window quiet harbour'
/** Made up; the ID number has a right check digit. */
const clear = { name: '欧阳小满', residentId: '110101199003070134', mobile: '13812345678' }
const rows = [
  ['客户编号', '客户姓名', '身份证号', '手机号码', '电子邮箱', '联系地址', '备注'],
  [
    'KH0001',
    clear.name,
    clear.residentId,
    clear.mobile,
    'xiaoman@example.com',
    '北京市海淀区示例路 1 号',
    '贵宾',
  ],
  [
    'KH0002',
    '张晨',
    '110101199003070134',
    '13912340000',
    'chen@example.com',
    '四川省成都市武侯区示例路 2 号',
    '',
  ],
  ['KH0003', '周立', '1.1E+17', '1391234', 'li@example.com', '广东省深圳市南山区示例路 3 号', ''],
]
const clearValues = [clear.name, clear.residentId, clear.mobile, 'xiaoman@example.com', '张晨', '周立']

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a vault from creation to recovery', async ({ host }) => {
      test.slow()
      const { page, folder } = host
      const vault = join(folder, 'window.vault')
      const csv = join(folder, 'customers.csv')
      writeFileSync(csv, rows.map((row) => row.join(',')).join('\r\n'))

      const codes = await test.step('create, with a kit typed back and a typo named', async () => {
        const made = await createVault(page, vault)
        const [first = ''] = made
        expect(first).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/)
        const wrong = `${first.slice(0, 30)}${first[30] === 'Q' ? 'P' : 'Q'}${first.slice(31)}`
        await typeCode(page, 'check-group', wrong)
        await expect(page.getByTestId('check-group-3')).toHaveAttribute('data-state', 'wrong')
        await expect(page.getByTestId('check-state')).toContainText('3')
        await expect(page.getByTestId('check-finish')).toBeDisabled()
        await typeCode(page, 'check-group', first)
        await page.getByTestId('check-finish').click()
        await expect(page.getByTestId('empty-state')).toBeVisible()
        await expectNoClear(page, [...made, first.slice(-52)])
        return made
      })

      await test.step('import: preview as in the file, dry run, import', async () => {
        await page.getByTestId('nav-imports').click()
        await page.getByTestId('import-path').fill(csv)
        await page.getByTestId('import-preview').click()
        await expect(page.getByTestId('import-column')).toHaveCount(7)
        await page.getByTestId('import-dry-run').click()
        await expect(page.getByTestId('import-trial')).toContainText('3')
        await page.getByTestId('import-run').click()
        await expect(page.getByTestId('import-result')).toContainText('3')
        await page.getByTestId('import-look').click()
      })

      await test.step('customers are masked', async () => {
        await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
        await expect(page.getByTestId('customers-table')).toContainText('138****5678')
        await expectNoClear(page, clearValues)
      })

      await test.step('one number is revealed with a reason and hidden again', async () => {
        await page.getByTestId('customers-search').fill('KH0001')
        await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
        await page.getByTestId('customers-table').focus()
        await page.keyboard.press('Enter')
        await page.getByTestId('reveal-mobile').click()
        await expect(page.getByTestId('reveal-mobile-confirm')).toBeDisabled()
        await page.getByTestId('reason-caller').check()
        await page.getByTestId('reveal-mobile-confirm').click()
        await expect(page.getByTestId('reveal-mobile-clear')).toContainText(clear.mobile)
        await expectNoClear(
          page,
          clearValues.filter((value) => value !== clear.mobile),
        )
        await page.getByTestId('reveal-mobile-hide').click()
        await expect(page.getByTestId('reveal-mobile')).toBeVisible()
        await expectNoClear(page, clearValues)
      })

      await test.step('an edit leaves what is not typed', async () => {
        await page.getByTestId('customer-edit').click()
        await page.getByTestId('customer-email').fill('new.address@example.com')
        await page.getByTestId('customer-save').click()
        await expect(page.getByTestId('customer-save')).toBeHidden()
        await expect(page.getByTestId('reveal-mobile')).toContainText('138****5678')
        await expectNoClear(page, [...clearValues, 'new.address@example.com'])
      })

      await test.step('a complaint is taken by telephone and moved on', async () => {
        await page.getByTestId('customer-new-complaint').click()
        await expect(page.getByTestId('picked-customer')).toContainText('KH0001')
        await page
          .getByTestId('complaint-narrative')
          .fill(`客户${clear.name}来电，手机 ${clear.mobile}，要求退还预付款。`)
        await page.getByTestId('complaint-narrative').press('Control+Enter')
        await expect(page.getByTestId('complaint-saved-no')).not.toBeEmpty()
        await page.getByTestId('complaint-open').click()
        await expect(page.getByTestId('case-narrative').locator('mark')).not.toHaveCount(0)
        await expectNoClear(page, clearValues)
        await choose(page, 'case-status', language === 'en' ? /^Acknowledged$/ : /^已受理$/)
        await page.getByTestId('case-note').fill('已告知客户。')
        await page.getByTestId('case-apply').click()
        await expect(page.getByTestId('case-timeline').locator('li')).toHaveCount(2)
        await page.getByTestId('case-edit').click()
        await page.getByTestId('case-edit-category').fill('退款纠纷')
        await page.getByTestId('case-edit-save').click()
        await expect(page.getByTestId('case-edit-save')).toBeHidden()
        await expect(page.locator('.case-side')).toContainText('退款纠纷')
        await page.getByTestId('case-mark-reviewed').click()
        await expect(page.getByTestId('case-unreviewed')).toBeHidden()
        await page.getByTestId('reveal-narrative').click()
        await page.getByTestId('reason-case').check()
        await page.getByTestId('reveal-narrative-confirm').click()
        await expect(page.getByTestId('reveal-narrative-clear')).toContainText(clear.mobile)
      })

      const bag = join(folder, 'handed-out')
      await test.step('export and check the bag', async () => {
        await page.getByTestId('nav-exports').click()
        await expectNoClear(page, clearValues)
        await page.getByTestId('export-folder').fill(folder)
        await page.getByTestId('export-name').fill('handed-out')
        await page.getByTestId('export-run').click()
        await expect(page.getByTestId('export-result')).toContainText('customers.csv')
        expect(existsSync(join(bag, 'bagit.txt'))).toBe(true)
        await page.getByTestId('bag-path').fill(bag)
        await page.getByTestId('bag-verify').click()
        await expect(page.getByTestId('bag-result')).toHaveAttribute('data-valid', 'true')
      })

      await test.step('the log is whole and holds no clear value', async () => {
        await page.getByTestId('nav-audit').click()
        await expect(page.getByTestId('audit-table-row').first()).toBeVisible()
        await page.getByTestId('audit-verify').click()
        await page.getByTestId('audit-verify-run').click()
        await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true')
        await page.getByTestId('audit-checkpoint').click()
        await expect(page.getByTestId('checkpoint-note')).toContainText('guicang/')
        await page.keyboard.press('Escape')
        await expectNoClear(page, clearValues)
      })

      await test.step('lock, a wrong passphrase, the right one', async () => {
        await lockAndWait(page, () => page.getByTestId('lock').click())
        await unlock(page, 'not the right words')
        await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.wrongPassphrase')
        await expectNoClear(page, clearValues)
        await unlock(page, passphrase)
        await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
      })

      await test.step('recover with the second kit, a mistyped group named first', async () => {
        await lockAndWait(page, () => page.getByTestId('lock').click())
        await page.getByTestId('unlock-recover').click()
        const [, second = ''] = codes
        const wrong = `${second.slice(0, 24)}${second[24] === 'Q' ? 'P' : 'Q'}${second.slice(25)}`
        await typeCode(page, 'recover-group', wrong)
        await expect(page.getByTestId('recover-group-2')).toHaveAttribute('data-state', 'wrong')
        await typeCode(page, 'recover-group', second)
        await page.getByTestId('recover-passphrase').fill(secondPassphrase)
        await page.getByTestId('recover-repeat').fill(secondPassphrase)
        await page.getByTestId('recover-submit').click()
        await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
        await lockAndWait(page, () => page.getByTestId('lock').click())
        await unlock(page, secondPassphrase)
        await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
      })

      await test.step('an import in use stays, another is undone as a whole', async () => {
        const other = join(folder, 'others.csv')
        writeFileSync(other, '客户编号,客户姓名,手机号码\nKH9001,王五,13700001111\n')
        await page.getByTestId('nav-imports').click()
        await page.getByTestId('batch-undo').click()
        await expect(page.getByTestId('undo-confirm')).toBeDisabled()
        await page.getByTestId('undo-name').fill('customers.csv')
        await page.getByTestId('undo-confirm').click()
        await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'import.batchInUse')
        await page.keyboard.press('Escape')
        await page.getByTestId('import-path').fill(other)
        await page.getByTestId('import-preview').click()
        await page.getByTestId('import-dry-run').click()
        await page.getByTestId('import-run').click()
        await expect(page.getByTestId('import-batch')).toHaveCount(2)
        await page
          .getByTestId('import-batch')
          .filter({ hasText: 'others.csv' })
          .getByTestId('batch-undo')
          .click()
        await page.getByTestId('undo-name').fill('others.csv')
        await page.getByTestId('undo-confirm').click()
        await expect(page.locator('[data-testid=import-batch][data-state=live]')).toHaveCount(1)
      })
    })

    test('sample data in one click, and the language changes in place', async ({ host: { page } }) => {
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('customers-table-row').first()).toBeVisible({ timeout: 60_000 })
      const before = await page.getByTestId('nav-customers').innerText()
      await page.getByTestId('language-switch').click()
      await expect(page.getByTestId('nav-customers')).not.toHaveText(before)
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'zh-CN' : 'en')
      await page.getByTestId('nav-complaints').click()
      await page.getByTestId('complaints-search').fill('TS20260045')
      await expect(page.getByTestId('complaints-table-row')).toHaveCount(1)
      await page.getByTestId('complaints-search').press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect(page.getByTestId('case-narrative')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('complaints-search')).toHaveValue('TS20260045')
      await expect(page.getByTestId('complaints-table')).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.getByTestId('case-narrative')).toBeVisible()
      await page.keyboard.press('Control+l')
      await expect(page.getByTestId('welcome-sample')).toBeVisible()
    })
  })
}
