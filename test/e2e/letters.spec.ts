// Letters in the window, in both languages: written from a case, saved and on record; a template that can't become a script; a
// batch for a filter.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pdfText } from '../support/pdf-text.ts'
import { choose } from './steps.ts'
import { fakeOpener } from './support/fake-opener.ts'
import { expect, test } from './support/host.ts'
import { skipAloud } from './support/skip-aloud.ts'

const flat = (text: string): string => text.replaceAll(/\s/gu, '')

test('a letter is offered for sending by the answer to its own order, never by the one before', async ({
  host,
}) => {
  const { page } = host
  await page.getByTestId('welcome-sample').click()
  await page.getByTestId('nav-complaints').click()
  await page.getByTestId('complaints-table-row').first().click()
  await page.getByTestId('letter-write').click()
  await expect(page.getByTestId('letter-send')).toBeEnabled()
  const turns = await page.getByTestId('letter-send').evaluateHandle((button) => {
    const seen: string[] = []
    const watch = new MutationObserver(() => seen.push(button.hasAttribute('disabled') ? 'off' : 'on'))
    watch.observe(button, { attributeFilter: ['disabled'] })
    return seen
  })
  // What is asked for is missing in this one; nothing was in the one before.
  await choose(page, 'letter-template', /^补充材料函$/)
  await expect(page.getByTestId('letter-missing')).toBeVisible()
  expect(await turns.jsonValue()).toEqual(['off'])
  await page.getByTestId('letter-field-request').fill('付款凭证')
  await expect(page.getByTestId('letter-send')).toBeEnabled()
  expect(await turns.jsonValue()).toEqual(['off', 'on'])
})

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a letter is previewed masked, saved in clear, and told in the history', async ({ host }, info) => {
      test.slow()
      const { page } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}-${language}.png`) })
      const folder = info.outputPath('letters')
      mkdirSync(folder, { recursive: true })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await page.getByTestId('nav-complaints').click()
      await page.getByTestId('complaint-add').click()
      await page.getByTestId('complaint-narrative').fill('预付卡余额未退')
      await page.getByTestId('complaint-save').click()
      await page.getByTestId('complaint-open').click()
      await page.getByTestId('letter-write').click()
      await choose(page, 'letter-template', /^补充材料函$|^Request for information$/)
      await expect(page.getByTestId('letter-missing')).toContainText(/客户姓名|Customer name/)
      await expect(page.getByTestId('letter-send')).toBeDisabled()
      await page.getByTestId('letter-field-customerName').fill('欧阳懿一')
      await page.getByTestId('letter-field-request').fill('付款凭证 <b>原件</b>')
      await expect(page.getByTestId('letter-missing')).toBeHidden()
      const preview = page.getByTestId('letter-preview')
      await expect(preview).toContainText('欧***')
      await expect(preview).toContainText('付款凭证 <b>原件</b>')
      await page.getByTestId('letter-folder').fill(folder)
      await expect(page.getByTestId('letter-send')).toBeEnabled()
      // Looking at the clear letter is no sending of it, though its form stands within the other.
      await page.getByTestId('letter-clear').click()
      await page.getByTestId('reason-case').check()
      await page.getByTestId('letter-clear-confirm').click()
      await expect(page.getByTestId('letter-clear-clear')).toContainText('欧阳懿一')
      await expect(page.getByTestId('letter-done')).toBeHidden()
      expect(readdirSync(folder)).toEqual([])
      await page.getByTestId('letter-clear-hide').click()
      await picture('write')
      await page.getByTestId('letter-send').click()
      await expect(page.getByTestId('letter-done')).toBeVisible()
      await picture('done')
      await page.getByTestId('letter-close').click()
      const [file = ''] = readdirSync(folder)
      expect(file).toMatch(/^[\w-]+-information-request\.pdf$/)
      expect(flat(pdfText(readFileSync(join(folder, file))))).toContain('欧阳懿一')
      const sent = page.getByTestId('letter-list').locator('> li')
      await expect(sent).toHaveCount(1)
      await sent.locator('summary').click()
      await expect(sent).toContainText('欧***')
      await expect(sent).not.toContainText('欧阳懿一')
      await expect(page.getByTestId('case-timeline')).toContainText(/补充材料|what we need from you/)
      await page.getByTestId('letter-list').scrollIntoViewIfNeeded()
      await picture('case')
    })

    test('a letter is opened in another program to be printed, behind the same warning as an attachment', async ({
      host,
    }, info) => {
      skipAloud(
        `printing a letter, ${language}`,
        process.platform === 'linux' ? undefined : 'the opener put in place is the one of Linux desktops',
      )
      const { page, folder, appDataDir } = host
      const before = process.env['PATH']
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await page.getByTestId('nav-complaints').click()
      await page.getByTestId('complaints-table-row').first().click()
      await page.getByTestId('letter-write').click()
      await page.getByTestId('letter-folder').fill(folder)
      await page.getByTestId('letter-send').click()
      await page.getByTestId('letter-close').click()
      const [name = ''] = readdirSync(folder)
      try {
        const opener = fakeOpener(folder)
        process.env['PATH'] = `${opener.path}:${before ?? ''}`
        await page.getByTestId('letter-list').getByTestId('letter-print').click()
        await expect(page.getByTestId('letter-print-warning')).toBeVisible()
        await page.getByTestId('reason-case').check()
        await page.screenshot({ path: info.outputPath(`print-${language}.png`) })
        await page.getByTestId('letter-print-confirm').click()
        await expect(page.getByTestId('letter-print-warning')).toBeHidden()
        expect(opener.given().startsWith(appDataDir)).toBe(true)
        expect(opener.bytes().equals(readFileSync(join(folder, name)))).toBe(true)
        await page.screenshot({ path: info.outputPath(`printed-${language}.png`) })
      } finally {
        process.env['PATH'] = before
      }
    })

    test('a template shows what is wrong with it and what it will be, as text', async ({ host }, info) => {
      test.slow()
      const { page } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}-${language}.png`) })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await page.getByTestId('nav-settings').click()
      await page.getByTestId('settings-to-letters').click()
      await expect(page.getByTestId('template-list').locator('> li')).toHaveCount(14)
      await picture('templates')
      await page.getByTestId('template-add').click()
      await page.getByTestId('template-id').fill('Reminder 1')
      const added = await page.getByTestId('template-id').inputValue()
      await page.getByTestId('template-title').fill('催告')
      await page.getByTestId('template-paragraph-1').fill('<img src=x onerror=alert(1)> {{salary}}')
      await expect(page.getByTestId('template-faults')).toBeVisible()
      await expect(page.getByTestId('template-save')).toBeDisabled()
      await page.getByTestId('template-paragraph-1').fill('请于 {{answerBy}} 前答复，金额 < 100。')
      await expect(page.getByTestId('template-faults')).toBeHidden()
      await expect(page.getByTestId('template-preview')).toContainText('金额 < 100')
      await picture('editor')
      await page.getByTestId('template-save').click()
      await expect(page.getByTestId('template-list').locator('> li')).toHaveCount(15)

      // A second one of the same name would silently stand in for the first; what goes for good is named first.
      await page.getByTestId('template-add').click()
      await page.getByTestId('template-title').fill('催告')
      await page.getByTestId('template-paragraph-1').fill('第二个')
      await page.getByTestId('template-id').fill('reminder1x')
      await expect(page.getByTestId('template-save')).toBeEnabled()
      await page.getByTestId('template-id').fill(added)
      await expect(page.getByTestId('template-save')).toBeDisabled()
      await expect(
        page.getByText(language === 'en' ? 'There is a template of this name' : '这种语言已有同名模板'),
      ).toBeVisible()
      await page.keyboard.press('Escape')
      await page.getByTestId(`template-${added}-${language}`).click()
      await page.getByTestId('template-remove').click()
      await expect(page.getByTestId('template-remove-confirm')).toBeDisabled()
      await page.getByTestId('template-remove-name').fill(added)
      await picture('remove')
      await page.getByTestId('template-remove-confirm').click()
      await expect(page.getByTestId('template-list').locator('> li')).toHaveCount(14)

      await page.getByTestId('nav-complaints').click()
      await choose(page, 'complaints-filter-status', /^已收到|^已受理|^Received/)
      await page.getByTestId('letters-batch').click()
      await page.getByTestId('letter-folder').fill(info.outputDir)
      await page.getByTestId('letter-name').fill('batch')
      await picture('batch')
      await page.getByTestId('batch-run').click()
      await expect(page.getByTestId('batch-done')).toBeVisible({ timeout: 60_000 })
      await picture('batch-done')
      const files = readdirSync(join(info.outputDir, 'batch'))
      expect(files.length).toBeGreaterThan(0)
      for (const file of files) expect(file).toMatch(/^[\w-]+\.pdf$/)
    })
  })
}
