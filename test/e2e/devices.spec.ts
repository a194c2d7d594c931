// Ways in: computers that are enrolled, a vault carried to another one, masked work without a passphrase.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expect, lockAndWait } from './support/host.ts'
import { becomeAnotherComputer, noKeychain, test } from './support/keychain.ts'
import { enterNewVault, openOther, passphrase, toSettings, typeCode, unlock } from './steps.ts'

const secondPassphrase = 'marble window quiet harbour'

const lock = (page: Page) => lockAndWait(page, () => page.getByTestId('lock').click())

function vaultIdOf(path: string): string {
  const file: unknown = JSON.parse(readFileSync(join(path, 'vault.json'), 'utf8'))
  return z.object({ vaultId: z.string() }).parse(file).vaultId
}

/** What the list of computers says, as `kind place`. */
function ways(page: Page): Promise<string[]> {
  return page
    .getByTestId('device-row')
    .evaluateAll((rows) =>
      rows.map((row) => `${row.getAttribute('data-kind')} ${row.getAttribute('data-place')}`).toSorted(),
    )
}

test.skip(noKeychain !== undefined, noKeychain ?? '')

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a vault on another computer is recovered with a kit, which enrols it', async ({ host }) => {
      test.slow()
      const { page, folder } = host
      const home = join(folder, 'home.vault')
      const copied = join(folder, 'copied.vault')
      const codes = await enterNewVault(page, home, 'bound')
      await toSettings(page, 'computers')
      await expect.poll(() => ways(page)).toEqual(['bound here'])
      await lock(page)
      cpSync(home, copied, { recursive: true })
      await becomeAnotherComputer(vaultIdOf(copied))

      await openOther(page, copied)
      await unlock(page, passphrase)
      await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.deviceMissing')
      await expect(page.getByTestId('ways-in')).toHaveAttribute('data-why', 'missing')
      await page.getByTestId('unlock-device-recover').click()
      await expect(page.getByTestId('recover-bound')).toBeChecked()
      await typeCode(page, 'recover-group', codes[1] ?? '')
      await page.getByTestId('recover-passphrase').fill(secondPassphrase)
      await page.getByTestId('recover-repeat').fill(secondPassphrase)
      await page.getByTestId('recover-submit').click()
      await expect(page.getByTestId('shell')).toBeVisible()
      await toSettings(page, 'computers')
      await expect.poll(() => ways(page)).toEqual(['bound here'])
      await lock(page)
      await unlock(page, secondPassphrase)
      await expect(page.getByTestId('shell')).toBeVisible()
    })
  })
}

test('a vault is carried to another computer and enrolled there', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  const home = join(folder, 'home.vault')
  const carried = join(folder, 'carried.vault')
  await enterNewVault(page, home, 'bound')
  await toSettings(page, 'computers')
  await page.getByTestId('devices-carry').click()
  await page.getByTestId('devices-passphrase').fill('not the right words')
  await page.getByTestId('devices-confirm').click()
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.wrongPassphrase')
  await page.getByTestId('devices-passphrase').fill(passphrase)
  await page.getByTestId('devices-confirm').click()
  await expect.poll(() => ways(page)).toEqual(['bound here', 'carried anywhere'])
  await lock(page)
  cpSync(home, carried, { recursive: true })
  await becomeAnotherComputer(vaultIdOf(carried))

  await openOther(page, carried)
  await unlock(page, passphrase)
  await expect(page.getByTestId('shell')).toBeVisible()
  await toSettings(page, 'computers')
  await expect.poll(() => ways(page)).toEqual(['bound elsewhere', 'carried anywhere'])
  await page.getByTestId('devices-add').click()
  await page.getByTestId('devices-passphrase').fill(passphrase)
  await page.getByTestId('devices-confirm').click()
  await expect.poll(() => ways(page)).toEqual(['bound elsewhere', 'bound here'])
  await page.locator('[data-testid=device-row][data-place=elsewhere]').getByTestId('device-remove').click()
  await page.getByTestId('device-remove-confirm').click()
  await expect.poll(() => ways(page)).toEqual(['bound here'])
})

test('masked work without a passphrase says that it cannot sign, until one is typed', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  await enterNewVault(page, join(folder, 'quick.vault'), 'bound')
  await toSettings(page, 'computers')
  await page.getByTestId('quick-switch').click()
  await expect(page.getByTestId('quick-switch')).toBeChecked()
  await lock(page)
  await page.getByTestId('unlock-quick').click()
  await expect(page.getByTestId('shell')).toBeVisible()
  await expect(page.getByTestId('status-no-sign')).toBeVisible()
  await page.getByTestId('nav-audit').click()
  await expect(page.getByTestId('cannot-sign')).toBeVisible()
  await expect(page.getByTestId('audit-checkpoint')).toBeDisabled()
  await page.getByTestId('status-no-sign').click()
  await page.getByTestId('identities-passphrase').fill(passphrase)
  await page.getByTestId('identities-submit').click()
  await expect(page.getByTestId('status-no-sign')).toBeHidden()
  await expect(page.getByTestId('audit-checkpoint')).toBeEnabled()
  await toSettings(page, 'computers')
  await page.getByTestId('quick-switch').click()
  await expect(page.getByTestId('quick-switch')).not.toBeChecked()
  await lock(page)
  await expect(page.getByTestId('unlock-passphrase')).toBeVisible()
  await expect(page.getByTestId('unlock-quick')).toBeHidden()
})
