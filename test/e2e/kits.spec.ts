// Recovery kits in the window: tried, replaced, revoked, used.
import { join } from 'node:path'
import { expect, lockAndWait, test } from './support/host.ts'
import { enterNewVault, toSettings, typeCode } from './steps.ts'

const secondPassphrase = 'marble window quiet harbour'

test('a recovery kit is tried, replaced, typed back; the old one opens nothing any more', async ({
  host,
}) => {
  test.slow()
  const { page, folder } = host
  const [first = '', second = ''] = await enterNewVault(page, join(folder, 'kits.vault'))
  const check = async (code: string) => {
    await page.getByTestId('kits-check').click()
    await typeCode(page, 'kits-check-group', code)
    await page.getByTestId('kits-check-submit').click()
  }
  await toSettings(page, 'kits')
  await expect(page.getByTestId('kit-row')).toHaveCount(2)
  await expect(page.getByTestId('kit-remind')).toHaveCount(2)
  await check(first)
  await expect(page.getByTestId('kits-check-result')).toContainText('1')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('kit-remind')).toHaveCount(1)

  const made = await test.step('the second kit is replaced', async () => {
    await page.getByTestId('kit-row').nth(1).getByTestId('kit-replace').click()
    await page.getByTestId('newkit-run').click()
    await expect(page.getByTestId('kit-code-new').locator('.kit-group')).toHaveCount(10)
    const groups = await page.getByTestId('kit-code-new').locator('.kit-group span').allInnerTexts()
    const code = `AGE-SECRET-KEY-1${groups.join('')}`
    await page.getByTestId('newkit-next').click()
    await typeCode(
      page,
      'newkit-group',
      `${code.slice(0, 30)}${code[30] === 'Q' ? 'P' : 'Q'}${code.slice(31)}`,
    )
    await expect(page.getByTestId('newkit-finish')).toBeDisabled()
    await typeCode(page, 'newkit-group', code)
    await page.getByTestId('newkit-finish').click()
    await expect(page.getByTestId('kits')).toBeInViewport()
    return code
  })
  await expect(page.getByTestId('kit-row')).toHaveCount(2)
  await expect(page.getByTestId('kit-remind')).toHaveCount(0)
  await check(second)
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'recovery.codeUnknown')
  await page.keyboard.press('Escape')

  await test.step('the other one is revoked; the last one stays', async () => {
    await page.getByTestId('kit-revoke').first().click()
    await page.getByTestId('kit-revoke-name').fill('恢复凭证 1')
    await page.getByTestId('kit-revoke-confirm').click()
    await expect(page.getByTestId('outcome')).toHaveAttribute('data-act', 'revoke')
    await expect(page.getByTestId('kit-row')).toHaveCount(1)
    await page.getByTestId('kit-revoke').click()
    await page.getByTestId('kit-revoke-name').fill('恢复凭证 3')
    await page.getByTestId('kit-revoke-confirm').click()
    await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'kits.last')
  })

  await test.step('the new one recovers', async () => {
    await lockAndWait(page, () => page.getByTestId('lock').click())
    await page.getByTestId('unlock-recover').click()
    await typeCode(page, 'recover-group', made)
    await page.getByTestId('recover-passphrase').fill(secondPassphrase)
    await page.getByTestId('recover-repeat').fill(secondPassphrase)
    await page.getByTestId('recover-submit').click()
    await expect(page.getByTestId('shell')).toBeVisible()
  })
})
