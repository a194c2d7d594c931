// Three people work one vault, each with what their key opens: an owner sets up, a handler reveals, a reviewer sees masks only.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectNoClear, lockAndWait, test } from './support/host.ts'
import { enterNewVault, passphrase, unlock, unlockAs } from './steps.ts'

const handler = { name: '陈静', first: 'paper window seven rivers', own: 'violet harbour morning ladder' }
const reviewer = { name: '王建国', first: 'granite orchard copper sail', own: 'quiet lantern meadow bridge' }
/** Made up; the ID number has a right check digit. */
const customer = { no: 'KH0001', name: '欧阳小满', residentId: '110101199003070134', mobile: '13812345678' }
const clearValues = [customer.name, customer.residentId, customer.mobile]

async function addPerson(
  page: Page,
  person: { name: string; first: string },
  role: 'owner' | 'handler' | 'reviewer',
): Promise<void> {
  await page.getByTestId('people-add').click()
  await page.getByTestId('people-add-name').fill(person.name)
  await page.getByTestId(`people-add-role-${role}`).check()
  await page.getByTestId('people-add-passphrase').fill(person.first)
  await page.getByTestId('people-add-repeat').fill(person.first)
  await page.getByTestId('people-add-submit').click()
  await expect(page.getByTestId('person-detail')).toContainText(person.name)
}

/** The first opening of somebody who was added: nothing else comes before a passphrase of their own. */
async function firstOpening(page: Page, person: { name: string; first: string; own: string }): Promise<void> {
  await unlockAs(page, person.name, person.first)
  await expect(page.getByTestId('first-passphrase-page')).toBeVisible()
  await expect(page.getByTestId('shell')).toBeHidden()
  await page.getByTestId('first-current').fill(person.first)
  await page.getByTestId('first-passphrase').fill(person.first)
  await page.getByTestId('first-repeat').fill(person.first)
  await expect(page.getByTestId('first-submit')).toBeDisabled()
  await page.getByTestId('first-passphrase').fill(person.own)
  await page.getByTestId('first-repeat').fill(person.own)
  await page.getByTestId('first-submit').click()
  await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
}

const lock = (page: Page) => lockAndWait(page, () => page.getByTestId('lock').click())

test('an owner sets up, a handler reveals, a reviewer sees masks only', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  const csv = join(folder, 'customers.csv')
  writeFileSync(
    csv,
    `客户编号,客户姓名,身份证号,手机号码\n${customer.no},${customer.name},${customer.residentId},${customer.mobile}\n`,
  )

  await test.step('the owner imports and adds two people', async () => {
    await enterNewVault(page, join(folder, 'three.vault'))
    await page.getByTestId('nav-imports').click()
    await page.getByTestId('import-path').fill(csv)
    await page.getByTestId('import-preview').click()
    await page.getByTestId('import-dry-run').click()
    await page.getByTestId('import-run').click()
    await expect(page.getByTestId('import-result')).toContainText('1')
    await page.getByTestId('nav-people').click()
    await addPerson(page, handler, 'handler')
    await addPerson(page, reviewer, 'reviewer')
    await expect(page.getByTestId('people-table-row')).toHaveCount(3)
    await expect(page.getByTestId('person-detail').getByTestId('person-state')).toHaveAttribute(
      'data-state',
      'first',
    )
  })

  await test.step('the last owner is told why they stay', async () => {
    await page.getByTestId('people-table-row').first().click()
    await expect(page.getByTestId('person-self')).toBeVisible()
    await expect(page.getByTestId('person-remove')).toBeHidden()
    await lock(page)
  })

  await test.step('the handler chooses a passphrase of their own, then reveals', async () => {
    await firstOpening(page, handler)
    await page.getByTestId('customers-table-row').first().click()
    await page.getByTestId('reveal-mobile').click()
    await page.getByTestId('reason-caller').check()
    await page.getByTestId('reveal-mobile-confirm').click()
    await expect(page.getByTestId('reveal-mobile-clear')).toContainText(customer.mobile)
    await page.getByTestId('nav-people').click()
    await expect(page.getByTestId('people-table-row')).toHaveCount(3)
    await expect(page.getByTestId('people-add')).toBeHidden()
    await lock(page)
  })

  await test.step('the reviewer sees masks only, and is offered nothing else', async () => {
    await firstOpening(page, reviewer)
    await expect(page.getByTestId('customer-add')).toBeHidden()
    await page.getByTestId('customers-table-row').first().click()
    await expect(page.getByTestId('reveal-mobile')).toHaveText('138****5678')
    await expect(page.getByTestId('customer-edit')).toBeHidden()
    await expect(page.locator('.masked-button')).toHaveCount(0)
    await expectNoClear(page, clearValues)
    await page.getByTestId('nav-imports').click()
    await expect(page.getByTestId('import-no-right')).toBeVisible()
    await page.getByTestId('nav-exports').click()
    await expect(page.getByTestId('export-clear')).toBeDisabled()
  })

  await test.step('a search by a clear value is refused in a sentence', async () => {
    await page.getByTestId('nav-customers').click()
    await page.getByTestId('customers-search').fill(customer.mobile)
    await expect(page.getByTestId('search-refused')).toBeVisible()
    await page.getByTestId('customers-search').fill(customer.no)
    await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
  })

  await test.step('the reviewer takes a complaint and writes a note; both wait', async () => {
    await page.getByTestId('customers-table-row').first().click()
    await page.getByTestId('customer-new-complaint').click()
    await expect(page.getByTestId('complaint-kept')).toBeVisible()
    await page.getByTestId('complaint-narrative').fill(`客户来电，手机 ${customer.mobile}，要求退还预付款。`)
    await page.getByTestId('complaint-save').click()
    await expect(page.getByTestId('complaint-saved-no')).not.toBeEmpty()
    await page.getByTestId('complaint-open').click()
    await expect(page.getByTestId('case-narrative').locator('mark')).not.toHaveCount(0)
    await page.getByTestId('case-note').fill('客户另留手机 13900001111。')
    await page.getByTestId('case-apply').click()
    await expect(page.getByTestId('case-timeline').locator('li')).toHaveCount(2)
    await expect(page.getByTestId('status-inbox')).toContainText('2')
    await expectNoClear(page, [...clearValues, '13900001111'])
    await lock(page)
  })

  await test.step('the owner sees both taken in, with the original', async () => {
    await unlockAs(page, '林晓', passphrase)
    await page.getByTestId('nav-complaints').click()
    await expect(page.getByTestId('status-inbox')).toBeHidden()
    await page.getByTestId('complaints-table-row').first().click()
    await expect(page.getByTestId('case-timeline')).toContainText(reviewer.name)
    await page.getByTestId('reveal-narrative').click()
    await page.getByTestId('reason-case').check()
    await page.getByTestId('reveal-narrative-confirm').click()
    await expect(page.getByTestId('reveal-narrative-clear')).toContainText(customer.mobile)
  })

  await test.step('a reviewer becomes a handler, a handler is disabled and removed', async () => {
    await page.getByTestId('nav-people').click()
    const row = (name: string) => page.getByTestId('people-table-row').filter({ hasText: name })
    await row(reviewer.name).click()
    await page.getByTestId('person-role').click()
    await page.getByTestId('person-role-handler').check()
    await expect(page.getByTestId('person-role-changes')).not.toBeEmpty()
    await page.getByTestId('person-role-confirm').click()
    await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'role')
    await row(handler.name).click()
    await page.getByTestId('person-disable').click()
    await page.getByTestId('person-disable-confirm').click()
    await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'disable')
    await expect(row(handler.name).getByTestId('person-state')).toHaveAttribute('data-state', 'disabled')
    await page.getByTestId('person-remove').click()
    await expect(page.getByTestId('person-remove-confirm')).toBeDisabled()
    await page.getByTestId('person-remove-name').fill(handler.name)
    await page.getByTestId('person-remove-confirm').click()
    await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'remove')
    await expect(page.getByTestId('people-table-row')).toHaveCount(2)
    await lock(page)
  })

  await test.step('with the new role comes the key', async () => {
    await unlockAs(page, reviewer.name, reviewer.own)
    await page.getByTestId('customers-table-row').first().click()
    await page.getByTestId('reveal-mobile').click()
    await page.getByTestId('reason-caller').check()
    await page.getByTestId('reveal-mobile-confirm').click()
    await expect(page.getByTestId('reveal-mobile-clear')).toContainText(customer.mobile)
  })
})

test('whoever was reset opens with the new first passphrase only', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  await enterNewVault(page, join(folder, 'reset.vault'))
  await page.getByTestId('nav-people').click()
  await addPerson(page, handler, 'handler')
  const second = 'river marble seven curtains'
  await page.getByTestId('person-reset').click()
  await page.getByTestId('person-reset-passphrase').fill(second)
  await page.getByTestId('person-reset-repeat').fill(second)
  await page.getByTestId('person-reset-confirm').click()
  await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'reset')
  await lock(page)
  await unlockAs(page, handler.name, handler.first)
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.wrongPassphrase')
  await unlock(page, second)
  await expect(page.getByTestId('first-passphrase-page')).toBeVisible()
})

test('keys are renewed on demand, and everybody still gets in', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  await enterNewVault(page, join(folder, 'renewed.vault'))
  await page.getByTestId('nav-people').click()
  await page.getByTestId('people-rotate').click()
  await page.getByTestId('people-rotate-confirm').click()
  await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'rotate')
  await lock(page)
  await unlock(page, passphrase)
  await page.getByTestId('nav-audit').click()
  await expect(page.getByTestId('audit-table')).toContainText(/更新密钥|密钥/)
})
