// Records on the screen: how long a clear value stands, and whole files coming in.
import { join } from 'node:path'
import { sharedData } from '../support/shared-data.ts'
import { createVault, typeCode } from './steps.ts'
import { expect, expectNoClear, test } from './support/host.ts'

test('a revealed value is gone by itself after 30 seconds', async ({ host: { page } }) => {
  await page.getByTestId('welcome-sample').click()
  await page.getByTestId('customers-table-row').first().click({ timeout: 60_000 })
  await page.getByTestId('reveal-mobile').click()
  await page.getByTestId('reason-contact').check()
  await page.getByTestId('reveal-mobile-confirm').click()
  const value = await page.getByTestId('reveal-mobile-clear').locator('.revealed-value').innerText()
  await page.waitForTimeout(31_000)
  await expect(page.getByTestId('reveal-mobile')).toBeVisible()
  await expectNoClear(page, [value])
})

test('the three sample files come in with every row accounted for', async ({ host: { page, folder } }) => {
  const files = [
    { name: 'customers-gb18030.csv', rows: '1,521' },
    { name: 'complaints-zh.csv', rows: '1,200' },
    { name: 'cfpb-complaints.csv', rows: '130' },
  ].map((file) => ({ ...file, path: sharedData(file.name) }))
  test.skip(
    files.some((file) => file.path === undefined),
    'the shared sample files are not on this machine',
  )
  test.slow()
  await createVault(page, join(folder, 'files.vault')).then(([first = '']) =>
    typeCode(page, 'check-group', first),
  )
  await page.getByTestId('check-finish').click()
  for (const { path = '', rows } of files) {
    await page.getByTestId('nav-imports').click()
    await page.getByTestId('import-path').fill(path)
    await page.getByTestId('import-preview').click()
    await expect(page.getByTestId('import-read')).toContainText(rows)
    await page.getByTestId('import-dry-run').click()
    await expect(page.getByTestId('import-trial')).toContainText(rows)
    await page.getByTestId('import-run').click()
    await expect(page.getByTestId('import-result')).toContainText(rows)
    await page.getByTestId('import-again').click()
  }
  await page.getByTestId('nav-customers').click()
  await expect(page.getByTestId('customers-count')).toContainText('1,521')
  await page.getByTestId('customers-table').focus()
  await page.keyboard.press('End')
  await expect(page.getByTestId('customers-table-row').last()).not.toBeEmpty()
  await page.getByTestId('nav-complaints').click()
  await expect(page.getByTestId('complaints-count')).toContainText('1,330')
})
