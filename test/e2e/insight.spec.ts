// The dashboard, the one search box, and a handover from one person to another, as they meet them; in both languages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { choose, passphrase, unlockAs } from './steps.ts'
import { expectForEverybody } from './support/everybody.ts'
import { expect, expectNoClear, lockAndWait, test, type TestHost } from './support/host.ts'

const sender = { mainFrame: true, origin: chromiumOrigin }
const firstPassphrase = 'harbour meadow 溪 lantern'
const ownPassphrase = 'velvet 山 compass orchard'
/** A name that no sample row has. */
const customer = { customerNo: 'KH7788', name: '尉迟澜', mobile: '13812345678' }

/** Making and opening a vault costs scrypt several times over: long where much else runs. */
const opening = { timeout: 180_000 }

const answerSchema = z.record(z.string(), z.unknown())

/** What isn't this test's subject is done through the gate, as the page would. */
async function ask(host: TestHost, channel: string, input: object): Promise<Record<string, unknown>> {
  const result = await host.app.invoke(sender, channel, input)
  if (!result.ok) throw new Error(`${channel}: ${result.error.code}`)
  return answerSchema.parse(result.value)
}

async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('search-all')).toBeFocused()
  await page.keyboard.insertText(words)
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('numbers are drawn, turned into tables, made fit to be shared, and saved', async ({
      host,
    }, info) => {
      test.slow()
      const { page, folder } = host
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible(opening)
      await page.getByTestId('nav-dashboard').click()
      await page.getByTestId('dashboard-all').click()
      await expect(page.getByTestId('tile-received')).toContainText(/\d/)
      await expect(
        page.getByTestId('stats-byCategory').locator('svg .recharts-bar-rectangle').first(),
      ).toBeVisible()
      await page.screenshot({ path: info.outputPath('dashboard.png'), fullPage: true })

      await page.getByTestId('stats-byStatus-turn').click()
      await expect(page.getByTestId('stats-byStatus-table')).toBeVisible()
      await page.getByTestId('stats-byStatus-turn').click()
      await expect(page.getByTestId('stats-byStatus-table')).toBeHidden()

      await page.getByTestId('dashboard-shareable').click()
      await expect(page.getByTestId('stats-byPerson')).toBeHidden()
      await expect(page.getByTestId('dashboard')).toContainText(language === 'en' ? 'suppressed' : '已隐去')
      await page.screenshot({ path: info.outputPath('shareable.png'), fullPage: true })
      await expectForEverybody(page, 'dashboard, shareable')

      await page.getByTestId('dashboard-save').click()
      const out = join(folder, 'numbers.csv')
      await page.getByTestId('dashboard-out').fill(out)
      await page.getByTestId('dashboard-save-confirm').click()
      await expect(page.getByTestId('dashboard-save-confirm')).toBeHidden()
      expect(readFileSync(out, 'utf8')).toMatch(/^\uFEFFtable,key,count,open,value,currency\r\n/)

      await page.emulateMedia({ media: 'print' })
      await expect(page.getByTestId('stats-byStatus-table')).toBeVisible()
      await page.emulateMedia({ media: 'screen' })
    })

    test('one box finds by keyboard alone, marks what it found, and shows nothing clear', async ({
      host,
    }, info) => {
      test.slow()
      const { page } = host
      await page.getByTestId('welcome-sample').click()
      await expect(page.getByTestId('shell')).toBeVisible(opening)
      const { id: customerId } = await ask(host, 'customers.add', customer)
      const narrative = `${customer.name}说攀岩课不能退，电话${customer.mobile}`
      await ask(host, 'complaints.add', { customerId, complaintNo: 'TS-7788', narrative, category: '退款' })

      await searchFor(page, '尉迟')
      await expect(page.getByTestId('search-group-customers')).toContainText('尉**')
      await expectNoClear(page, [customer.name, customer.mobile])
      await page.getByTestId('search-all').fill('攀岩课')
      await expect(page.getByTestId('search-group-texts').locator('mark')).toHaveText('攀岩课')
      await page.screenshot({ path: info.outputPath('search.png') })
      await expectForEverybody(page, 'search')
      await page.getByTestId('search-all').fill('TS-77')
      await expect(page.getByTestId('search-group-cases').locator('mark').first()).toBeVisible()
      await expect(page.getByTestId('search-all')).toHaveAttribute('aria-activedescendant', /hit-0$/)
      await page.getByTestId('search-all').press('Enter')
      await expect(page.getByTestId('search-all')).toBeHidden()
      await expect(page.getByTestId('case-narrative')).toBeVisible()

      await searchFor(page, language === 'en' ? 'backups' : '备份')
      await page.getByTestId('search-hit').first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await expect(page.getByTestId('nav-backups')).toHaveAttribute('aria-current', 'page')
      await searchFor(page, 'x')
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('search-all')).toBeHidden()
    })
  })
}

test('a person leaves: the cases go over, the receiver is told and confirms', async ({ host }, info) => {
  test.slow()
  const { page, folder } = host
  await ask(host, 'vault.create', {
    path: join(folder, 'leaving.vault'),
    company: { name: '示例商贸有限公司' },
    owner: '林晓',
    passphrase,
    deviceBinding: false,
  })
  await page.reload()
  await expect(page.getByTestId('shell')).toBeVisible(opening)
  const { id: zhou } = await ask(host, 'users.add', {
    name: '周航',
    role: 'handler',
    passphrase: firstPassphrase,
  })
  await ask(host, 'users.add', { name: '吴悦', role: 'handler', passphrase: firstPassphrase })
  for (const complaintNo of ['TS-1', 'TS-2', 'TS-3']) {
    const { id } = await ask(host, 'complaints.add', { complaintNo, narrative: '没有退款', category: '退款' })
    await ask(host, 'complaints.work', { id, patch: { assignee: zhou } })
  }
  await page.getByTestId('nav-people').click()
  await page.getByTestId('people-table-row').filter({ hasText: '周航' }).click()

  await test.step('removing is refused by name, handing over is offered', async () => {
    await page.getByTestId('person-remove').click()
    await page.getByTestId('person-remove-name').fill('周航')
    await page.getByTestId('person-remove-confirm').click()
    await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'users.openCases')
    await page.getByTestId('handover-open').click()
    await choose(page, 'handover-to', /吴悦/)
    await page.getByTestId('handover-note').fill('材料在二号柜')
    await page.screenshot({ path: info.outputPath('handover.png') })
    await page.getByTestId('handover-create').click()
    await expect(page.getByTestId('handover-record')).toContainText('3')
    await expect(page.getByTestId('handover-open')).toBeHidden()
    await expectForEverybody(page, 'people, after a handover')
  })

  await test.step('the receiver is told until they confirm, and the record says so', async () => {
    await lockAndWait(page, () => page.getByTestId('lock').click())
    await unlockAs(page, '吴悦', firstPassphrase)
    await expect(page.getByTestId('first-passphrase-page')).toBeVisible(opening)
    await page.getByTestId('first-current').fill(firstPassphrase)
    await page.getByTestId('first-passphrase').fill(ownPassphrase)
    await page.getByTestId('first-repeat').fill(ownPassphrase)
    await page.getByTestId('first-submit').click()
    await expect(page.getByTestId('handover-notice')).toContainText('周航', opening)
    await page.screenshot({ path: info.outputPath('notice.png') })
    await page.getByTestId('handover-confirm').click()
    await expect(page.getByTestId('handover-notice')).toBeHidden()
    await lockAndWait(page, () => page.getByTestId('lock').click())
    await unlockAs(page, '林晓', passphrase)
    await expect(page.getByTestId('shell')).toBeVisible(opening)
    await page.getByTestId('nav-people').click()
    await page.getByTestId('people-table-row').filter({ hasText: '吴悦' }).click()
    await expect(page.getByTestId('handover-record')).toContainText('吴悦 已确认')
  })
})
