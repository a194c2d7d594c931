// Every page, step and dialog for everybody, in both languages (support/everybody.ts says what is asked). The pages come from
// the list that the window itself has: a new one is visited by its entry in the navigation, or named here.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { pageNames } from '../../renderer/stores/navigation.ts'
import { passphrase, typeCode, unlock } from './steps.ts'
import { expectForEverybody } from './support/everybody.ts'
import { expect as soonExpect, lockAndWait, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 180_000 })

/** Pages without an entry in the navigation: how to get there from an open vault. */
const otherWays: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  newComplaint: async (page) => {
    await page.getByTestId('nav-complaints').click()
    await page.getByTestId('complaint-add').click()
  },
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('every page can be used by everybody', async ({ host }) => {
      test.setTimeout(900_000)
      const { page, folder } = host
      page.setDefaultTimeout(30_000)
      const vault = join(folder, '示例.vault')
      const seen = new Set<string>()
      const look = async (route: string, state?: string): Promise<void> => {
        seen.add(route)
        await test.step(state === undefined ? route : `${route}: ${state}`, async () => {
          await expectForEverybody(page, state === undefined ? route : `${route}, ${state}`)
        })
      }

      await closedPages(page, folder, look)
      const code = await createWizard(page, vault, look)

      await typeCode(page, 'check-group', code)
      await page.getByTestId('check-finish').click()
      await expect(page.getByTestId('empty-state')).toBeVisible()
      await look('customers', 'empty')
      await importWizard(page, folder, look)
      await customers(page, look)
      await complaints(page, look)
      await proofAndExport(page, folder, look)
      await keeping(page, look)

      for (const name of pageNames.filter(
        (route) => !seen.has(route) && !['unlock', 'recover'].includes(route),
      )) {
        const way =
          otherWays[name] ?? ((there: Page) => there.getByTestId(`nav-${name}`).click({ timeout: 3000 }))
        await way(page)
        await expect(page.locator('h1')).toBeVisible()
        await look(name)
      }

      await lockAndWait(page, () => page.getByTestId('lock').click())
      await unlock(page, 'not the right words')
      await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.wrongPassphrase')
      await look('unlock', 'locked, and a wrong passphrase')
      await page.getByTestId('unlock-recover').click()
      await typeCode(
        page,
        'recover-group',
        `${code.slice(0, 30)}${code[30] === 'Q' ? 'P' : 'Q'}${code.slice(31)}`,
      )
      await look('recover', 'a group mistyped')
      await page.getByTestId('back').click()
      await unlock(page, passphrase)
      await expect(page.getByTestId('session-notices')).toBeVisible()
      await look('customers', 'last unlock and failed attempts')

      expect([...seen].toSorted()).toEqual([...pageNames].toSorted())
    })
  })
}

type Look = (route: string, state?: string) => Promise<void>

async function closedPages(page: Page, folder: string, look: Look): Promise<void> {
  await expect(page.getByTestId('welcome-sample')).toBeVisible()
  await look('welcome')
  await page.getByTestId('welcome-path-choose').click()
  await expect(page.getByTestId('browser-path')).toBeVisible()
  await look('welcome', 'choosing a folder')
  await page.keyboard.press('Escape')
  await page.getByTestId('welcome-path').fill(folder)
  await page.getByTestId('welcome-open').click()
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.notAVault')
  await look('unlock', 'a folder that is no vault')
  await page.getByTestId('back').click()
  await page.getByTestId('welcome-restore').click()
  await look('restore')
  await page.getByTestId('back').click()
  await page.getByTestId('welcome-check-bag').click()
  await page.getByTestId('bag-path').fill(folder)
  await page.getByTestId('bag-verify').click()
  await expect(page.getByTestId('bag-result').or(page.getByTestId('error-notice'))).toBeVisible()
  await look('checkBag', 'a folder that is no bag')
  await page.getByTestId('back').click()
}

/** Answers the first kit's code, which is to be typed back. */
async function createWizard(page: Page, vault: string, look: Look): Promise<string> {
  await page.getByTestId('welcome-create').click()
  await look('create', 'company')
  await page.getByTestId('create-company').fill('示例商贸有限公司')
  await page.getByTestId('create-next').click()
  await page.getByTestId('create-owner').fill('林晓')
  await page.getByTestId('create-passphrase').fill('12345678')
  await expect(page.getByTestId('strength-meter')).toHaveAttribute('data-score', /[01]/)
  await look('create', 'owner, a weak passphrase')
  await page.getByTestId('create-passphrase').fill(passphrase)
  await page.getByTestId('create-repeat').fill(passphrase)
  await page.getByTestId('create-next').click()
  await page.getByTestId('create-portable').check()
  await page.getByTestId('create-path').fill(vault)
  await look('create', 'place')
  await page.getByTestId('create-submit').click()
  await expect(page.getByTestId('kit-code-2').locator('.kit-group')).toHaveCount(10)
  await look('create', 'kits')
  const groups = await page.getByTestId('kit-code-1').locator('.kit-group span').allInnerTexts()
  await page.getByTestId('kits-next').click()
  await page.getByTestId('check-group-1').fill('QQQQQQ')
  await look('create', 'typing a kit back')
  return `AGE-SECRET-KEY-1${groups.join('')}`
}

async function keeping(page: Page, look: Look): Promise<void> {
  await page.getByTestId('nav-people').click()
  await page.getByTestId('people-table-row').first().click()
  await look('people', 'one of them')
  await page.getByTestId('people-rotate').click()
  await look('people', 'renewing keys')
  await page.keyboard.press('Escape')
  await page.getByTestId('people-add').click()
  await expect(page.getByTestId('people-add-name')).toBeFocused()
  await look('people', 'adding one')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('people-add-name')).toBeHidden()
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('kit-replace').first().click()
  await look('newKit')
  await page.getByTestId('newkit-cancel').click()
}

async function importWizard(page: Page, folder: string, look: Look): Promise<void> {
  const csv = join(folder, 'customers.csv')
  writeFileSync(
    csv,
    '客户编号,客户姓名,手机号码,备注\nKH1,欧阳小满,13812345678,贵宾\nKH2,张晨,1391234,\nKH3,周立,13900001111,,多\n',
  )
  await page.getByTestId('nav-imports').click()
  await look('imports', 'a file')
  await page.getByTestId('import-path').fill(csv)
  await page.getByTestId('import-preview').click()
  await expect(page.getByTestId('import-column').first()).toBeVisible()
  await look('imports', 'columns')
  await page.getByTestId('import-dry-run').click()
  await expect(page.getByTestId('import-trial')).toBeVisible()
  await look('imports', 'dry run')
  await page.getByTestId('import-run').click()
  await expect(page.getByTestId('import-result')).toBeVisible()
  await look('imports', 'done')
  await page.getByTestId('import-again').click()
  await page.getByTestId('batch-undo').click()
  await expect(page.getByTestId('undo-name')).toBeVisible()
  await look('imports', 'undoing')
  await page.keyboard.press('Escape')
}

async function customers(page: Page, look: Look): Promise<void> {
  await page.getByTestId('nav-customers').click()
  await page.getByTestId('customers-table-row').first().click()
  await expect(page.getByTestId('customer-detail')).toBeVisible()
  await look('customers', 'one of them')
  await page.getByTestId('reveal-mobile').click()
  // By key: the form moves while the window takes its size back.
  await page.getByTestId('reason-contact').press('Space')
  await look('customers', 'why a value must be seen')
  await page.getByTestId('reveal-mobile-confirm').click()
  await expect(page.getByTestId('reveal-mobile-clear')).toBeVisible()
  await look('customers', 'revealed')
  await page.getByTestId('customer-edit').click()
  await expect(page.getByTestId('customer-save')).toBeVisible()
  await look('customers', 'editing')
  await page.keyboard.press('Escape')
}

async function complaints(page: Page, look: Look): Promise<void> {
  await page.getByTestId('nav-complaints').click()
  await page.getByTestId('complaint-add').click()
  await page.getByTestId('complaint-narrative').fill('客户欧阳小满来电，手机 13812345678，要求退还预付款。')
  await look('newComplaint', 'filled')
  await page.getByTestId('complaint-narrative').press('Control+Enter')
  await expect(page.getByTestId('complaint-saved-no')).not.toBeEmpty()
  await look('newComplaint', 'its number')
  await page.getByTestId('complaint-open').click()
  await expect(page.getByTestId('case-narrative')).toBeVisible()
  await look('complaints', 'a case')
  await page.getByTestId('case-edit').click()
  await expect(page.getByTestId('case-edit-save')).toBeVisible()
  await look('complaints', 'editing a case')
  await page.keyboard.press('Escape')
  await page.getByTestId('nav-complaints').click()
  await expect(page.getByTestId('complaints-table-row').first()).toBeVisible()
  await look('complaints')
}

async function proofAndExport(page: Page, folder: string, look: Look): Promise<void> {
  await page.getByTestId('nav-exports').click()
  await page.getByTestId('export-clear').check()
  await look('exports', 'in clear')
  await page.getByTestId('export-masked').check()
  await page.getByTestId('export-folder').fill(folder)
  await page.getByTestId('export-name').fill('out')
  await page.getByTestId('export-run').click()
  await expect(page.getByTestId('export-result')).toBeVisible()
  await look('exports', 'done')
  await page.getByTestId('nav-audit').click()
  await page.getByTestId('audit-table-row').first().click()
  await expect(page.getByTestId('audit-entry')).toBeVisible()
  await look('audit', 'an entry')
  await page.getByTestId('audit-verify').click()
  await expect(page.getByTestId('audit-verify-run')).toBeVisible()
  await look('audit', 'what to verify')
  await page.getByTestId('audit-verify-run').click()
  await expect(page.getByTestId('audit-result')).toBeVisible()
  await page.getByTestId('audit-checkpoint').click()
  await expect(page.getByTestId('checkpoint-note')).toBeVisible()
  await look('audit', 'a checkpoint')
  await page.keyboard.press('Escape')
}
