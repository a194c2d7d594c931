// A backup made in the window, checked, and brought back from the first screen as a vault of its own.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, lockAndWait, test } from './support/host.ts'
import { enterNewVault, openOther, passphrase, unlock } from './steps.ts'

const lock = (page: Page) => lockAndWait(page, () => page.getByTestId('lock').click())

async function addCustomer(page: Page, name: string): Promise<void> {
  await page.getByTestId('nav-customers').click()
  await page.getByTestId('customer-add').click()
  await page.getByTestId('customer-name').fill(name)
  await page.getByTestId('customer-save').click()
  await expect(page.getByTestId('customer-save')).toBeHidden()
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a backup is made, checked, and restored as another vault', async ({ host }) => {
      test.slow()
      const { page, folder } = host
      const path = join(folder, 'kept.vault')
      const backups = join(folder, 'backups')
      mkdirSync(backups)

      const bag = await test.step('made while the vault is open, and verified', async () => {
        await enterNewVault(page, path)
        await addCustomer(page, '欧阳小满')
        await page.getByTestId('status-backup').click()
        await expect(page.getByTestId('backups-last')).toBeVisible()
        const before = await page.getByTestId('status-backup').innerText()
        await page.getByTestId('backups-folder').fill(backups)
        await page.getByTestId('backups-run').click()
        await expect(page.getByTestId('backups-result')).toHaveAttribute('data-verified', 'true')
        await expect(page.getByTestId('status-backup')).not.toHaveText(before)
        const made = await page.getByTestId('backups-result-path').innerText()
        expect(existsSync(join(made, 'bagit.txt'))).toBe(true)
        return made
      })

      await test.step('checked, the vault in it opened', async () => {
        await expect(page.getByTestId('backup-verify-path')).toHaveValue(bag)
        await page.getByTestId('backup-verify-passphrase').fill(passphrase)
        await page.getByTestId('backup-verify').click()
        const result = page.getByTestId('backup-verify-result')
        await expect(result).toHaveAttribute('data-valid', 'true')
        await expect(result).toHaveAttribute('data-opened', 'true')
      })

      await test.step('work goes on, and is lost with the disk', async () => {
        await addCustomer(page, '张晨')
        await expect(page.getByTestId('customers-table-row')).toHaveCount(2)
        await lock(page)
        rmSync(path, { recursive: true })
      })

      await test.step('restored from the first screen', async () => {
        await page.getByTestId('back').click()
        await page.getByTestId('welcome-restore').click()
        await page.getByTestId('restore-path').fill(bag)
        await page.getByTestId('restore-to').fill(path)
        await page.getByTestId('restore-passphrase').fill('not the right words')
        await page.getByTestId('restore-submit').click()
        await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'vault.wrongPassphrase')
        await page.getByTestId('restore-passphrase').fill(passphrase)
        await page.getByTestId('restore-submit').click()
        await expect(page.getByTestId('restore-result')).toBeVisible()
        await expect(page.getByTestId('vault-counts')).toContainText('1')
        await page.getByTestId('restore-open').click()
      })

      await test.step('the older state is noticed, and an owner goes on from it', async () => {
        await unlock(page, passphrase)
        await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
        const warning = page.getByTestId('vault-warning')
        await expect(warning).toHaveAttribute('data-code', 'vault.rolledBack')
        await page.getByTestId('vault-warning-open').click()
        await page.getByTestId('vault-warning-acknowledge').click()
        await expect(warning).toBeHidden()
      })
    })
  })
}

test('a lock makes a backup where that was asked for', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  const path = join(folder, 'locked.vault')
  const backups = join(folder, 'backups')
  mkdirSync(backups)
  await enterNewVault(page, path)
  await page.getByTestId('nav-backups').click()
  await expect(page.getByTestId('backups-on-lock')).toBeDisabled()
  await page.getByTestId('backups-folder').fill(backups)
  await page.getByTestId('backups-on-lock').click()
  await expect(page.getByTestId('backups-on-lock')).toBeChecked()
  await lock(page)
  // The window is locked at once; the backup gets its name when it was verified.
  const made = (): string[] => readdirSync(backups).filter((name) => name.startsWith('guicang-backup-'))
  await expect.poll(() => made().length, { timeout: 60_000 }).toBe(1)
  await openOther(page, path)
  await unlock(page, passphrase)
  await page.getByTestId('nav-backups').click()
  await expect(page.getByTestId('backups-last-here')).toHaveAttribute('data-ok', 'true')
})
