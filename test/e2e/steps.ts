// What a person does in several tests of the screens.
import { expect, type Page } from '@playwright/test'

export const passphrase = 'copper lantern river orchard'

/** Creates a vault through the wizard, up to typing a kit back; answers the two recovery codes. */
export async function createVault(
  page: Page,
  path: string,
  binding: 'portable' | 'bound' = 'portable',
): Promise<string[]> {
  await page.getByTestId('welcome-create').click()
  await page.getByTestId('create-company').fill('示例商贸有限公司')
  await page.getByTestId('create-next').click()
  await page.getByTestId('create-owner').fill('林晓')
  await page.getByTestId('create-passphrase').fill('12345678')
  await page.getByTestId('create-repeat').fill('12345678')
  await expect(page.getByTestId('strength-meter')).toHaveAttribute('data-score', /[01]/)
  await expect(page.getByTestId('create-next')).toBeDisabled()
  await page.getByTestId('create-passphrase').fill(passphrase)
  await page.getByTestId('create-repeat').fill(passphrase)
  await page.getByTestId('create-next').click()
  await page.getByTestId(`create-${binding}`).check()
  await page.getByTestId('create-path').fill(path)
  await page.getByTestId('create-submit').click()
  const codes: string[] = []
  for (const number of [1, 2]) {
    await expect(page.getByTestId(`kit-code-${number}`).locator('.kit-group')).toHaveCount(10)
    const groups = await page.getByTestId(`kit-code-${number}`).locator('.kit-group span').allInnerTexts()
    codes.push(`AGE-SECRET-KEY-1${groups.join('')}`)
  }
  await page.getByTestId('kits-next').click()
  return codes
}

/** Types a code back, group by group. */
export async function typeCode(page: Page, testId: string, code: string): Promise<void> {
  const data = code.slice('AGE-SECRET-KEY-1'.length)
  for (let group = 0; group < 10; group++) {
    await page.getByTestId(`${testId}-${group + 1}`).fill(data.slice(group * 6, group * 6 + 6))
  }
}

export async function unlock(page: Page, words: string): Promise<void> {
  await page.getByTestId('unlock-passphrase').fill(words)
  await page.getByTestId('unlock-submit').click()
}

/**
 * Chooses from an antd select by the option's text. The option is told of a click rather than clicked: on a busy machine the list
 * may close between the mouse's press and its release, and the release meets what lies below.
 */
export async function choose(page: Page, testId: string, option: RegExp): Promise<void> {
  await page.getByTestId(testId).click()
  // The list of another field that was open before stays in the document, hidden.
  const listed = page.locator('.ant-select-item-option', { hasText: option }).filter({ visible: true })
  await listed.first().dispatchEvent('click')
}

/** Creates a vault and enters it, a kit typed back on the way; answers the two recovery codes. */
export async function enterNewVault(
  page: Page,
  path: string,
  binding: 'portable' | 'bound' = 'portable',
): Promise<string[]> {
  const codes = await createVault(page, path, binding)
  await typeCode(page, 'check-group', codes[0] ?? '')
  await page.getByTestId('check-finish').click()
  await expect(page.getByTestId('shell')).toBeVisible()
  return codes
}

/** Opens a vault as one of several people. */
export async function unlockAs(page: Page, name: string, words: string): Promise<void> {
  await choose(page, 'unlock-person', new RegExp(name))
  await unlock(page, words)
}

/** Goes from the unlock screen, or from the first one, to the unlock screen of another vault. */
export async function openOther(page: Page, path: string): Promise<void> {
  if (await page.getByTestId('unlock-recover').isVisible()) await page.getByTestId('back').click()
  await page.getByTestId('welcome-path').fill(path)
  await page.getByTestId('welcome-open').click()
  await expect(page.getByTestId('unlock-passphrase')).toBeVisible()
}

export async function toSettings(page: Page, section: 'computers' | 'kits'): Promise<void> {
  await page.getByTestId('nav-settings').click()
  await page.getByTestId(`settings-to-${section}`).click()
}
