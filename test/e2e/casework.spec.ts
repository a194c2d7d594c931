// A case from receipt to closure in the window, in both languages: taken, assigned, worked on, ended, reopened.
import { choose } from './steps.ts'
import { expect, test } from './support/host.ts'

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a case is taken, assigned, ended with a reason, closed, and reopened with one', async ({
      host,
    }, info) => {
      test.slow()
      const { page } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await page.getByTestId('nav-complaints').click()
      await page.getByTestId('complaint-add').click()
      await page.getByTestId('complaint-narrative').fill('预付卡余额未退，电话 13812345678')
      await page.getByTestId('complaint-save').click()
      await page.getByTestId('complaint-open').click()
      await expect(page.getByTestId('case-flow')).toBeVisible()

      await page.getByTestId('case-assign-me').click()
      await expect(page.getByTestId('case-assign-me')).toBeHidden()
      await expect(page.getByTestId('case-timeline').locator('.timeline-changes')).toHaveCount(1)

      await choose(page, 'case-note-kind', /通话|Call/)
      await page.getByTestId('case-note').fill('已致电，客户愿意等三天，改拨 13987654321')
      await page.getByTestId('case-apply').click()
      const timeline = page.getByTestId('case-timeline')
      await expect(timeline).toContainText(/通话|Call/)
      await expect(timeline).not.toContainText('13987654321')
      await page.getByTestId('line-original').click()
      await page.getByTestId('reason-contact').check()
      await page.getByTestId('line-original-confirm').click()
      await expect(page.getByTestId('line-original-clear')).toContainText('改拨 13987654321')
      await picture(`original-${language}`)
      await page.getByTestId('line-original-hide').click()
      await expect(timeline).not.toContainText('13987654321')

      await page.getByTestId('case-manage').click()
      await choose(page, 'manage-severity', /严重$|High/)
      await page.getByTestId('manage-cause').fill('退款系统未同步')
      await choose(page, 'manage-escalated', /监管|Regulator/)
      await page.getByTestId('manage-body').fill('西湖区市场监督管理局')
      await picture(`manage-${language}`)
      await page.getByTestId('manage-save').click()
      await expect(page.getByTestId('manage-save')).toBeHidden()

      // What is begun in the form stays there while a dialog of its page is saved.
      await choose(page, 'case-status', /已解决|Resolved/)
      await page.getByTestId('case-note').fill('还没有决定')
      await page.getByTestId('case-outcome-open').click()
      await choose(page, 'outcome-closing', /已答复|Answered/)
      await page.getByTestId('outcome-save').click()
      await expect(page.getByTestId('outcome-save')).toBeHidden()
      await expect(page.getByTestId('case-note')).toHaveValue('还没有决定')
      await expect(page.getByTestId('case-flow').locator('.flow-step')).toHaveCount(1)
      await page.getByTestId('case-note').fill('')

      await choose(page, 'case-status', /已结案|Closed/)
      await expect(page.getByTestId('case-needs-outcome')).toBeVisible()
      await expect(page.getByTestId('case-apply')).toBeDisabled()
      await page.getByTestId('case-outcome-open').click()
      await choose(page, 'outcome-kind', /^成立|^Upheld/)
      await page.getByTestId('outcome-text').fill('退还余额 320.50 元')
      await choose(page, 'outcome-relief', /退款|Refund/)
      await page.getByTestId('outcome-amount').fill('320,50')
      await expect(page.getByTestId('outcome-save')).toBeDisabled()
      await page.getByTestId('outcome-amount').fill('320.50')
      await page.getByTestId('outcome-currency').fill('cny')
      await picture(`outcome-${language}`)
      await page.getByTestId('outcome-save').click()
      await expect(page.getByTestId('case-outcome')).toContainText('退还余额')
      await page.getByTestId('case-apply').click()
      await expect(page.getByTestId('case-outcome-open')).toBeHidden()
      await picture(`case-${language}`)

      await choose(page, 'case-status', /重新打开|Reopened/)
      await expect(page.getByTestId('case-apply')).toBeDisabled()
      await page.getByTestId('case-note').fill('客户有新证据')
      await page.getByTestId('case-apply').click()
      await expect(page.getByTestId('case-flow').locator('.flow-step')).toHaveCount(3)
      await page
        .getByTestId('timeline-filter')
        .getByText(/^沟通$|^Contacts$/)
        .click()
      await expect(page.getByTestId('case-timeline').locator('> li')).toHaveCount(1)
      await page.getByTestId('case-timeline').scrollIntoViewIfNeeded()
      await picture(`timeline-${language}`)
    })
  })
}
