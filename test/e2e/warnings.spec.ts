// Files that changed behind the program's back: a banner on every page until an owner has looked.
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { generatePersonKeys } from '../../electron/vault/keys/person.ts'
import { readVaultFile, serialiseVaultFile } from '../../electron/vault/keys/vault-file.ts'
import { expect, lockAndWait, test } from './support/host.ts'
import { enterNewVault, passphrase, unlock } from './steps.ts'

const lock = (page: Page) => lockAndWait(page, () => page.getByTestId('lock').click())

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a line smuggled into vault.json is seen, explained and dropped', async ({ host }) => {
      test.slow()
      const { page, folder } = host
      const path = join(folder, 'edited.vault')
      await enterNewVault(page, path)
      await lock(page)
      const json = join(path, 'vault.json')
      const file = await readVaultFile(path)
      const { recipient, verifyKey } = await generatePersonKeys()
      const stranger = {
        id: randomUUID(),
        name: '李四',
        role: 'owner' as const,
        recipient,
        verifyKey,
        slots: [],
      }
      writeFileSync(json, serialiseVaultFile({ ...file, people: [...file.people, stranger] }))

      await page.reload()
      await expect(page.getByTestId('unlock-person')).toContainText('林晓')
      await unlock(page, passphrase)
      const warning = page.getByTestId('vault-warning')
      await expect(warning).toHaveAttribute('data-code', 'vault.slotsChanged')
      await page.getByTestId('nav-audit').click()
      await expect(warning).toBeVisible()
      await page.getByTestId('vault-warning-open').click()
      await page.getByTestId('vault-warning-verify').click()
      await expect(page.getByTestId('settings-verify')).toBeInViewport()
      await page.getByTestId('vault-warning-open').click()
      await page.getByTestId('vault-warning-acknowledge').click()
      await expect(warning).toBeHidden()
      await page.getByTestId('nav-people').click()
      await expect(page.getByTestId('people-table-row')).toHaveCount(1)
      await lock(page)
      await unlock(page, passphrase)
      await expect(page.getByTestId('shell')).toBeVisible()
      await expect(warning).toBeHidden()
    })

    test('an older state of the vault is noticed until an owner goes on from it', async ({ host }) => {
      test.slow()
      const { page, folder } = host
      const path = join(folder, 'older.vault')
      const kept = join(folder, 'kept.vault')
      await enterNewVault(page, path)
      await lock(page)
      cpSync(path, kept, { recursive: true })
      await unlock(page, passphrase)
      await expect(page.getByTestId('shell')).toBeVisible()
      await lock(page)
      rmSync(path, { recursive: true })
      cpSync(kept, path, { recursive: true })

      await unlock(page, passphrase)
      const warning = page.getByTestId('vault-warning')
      await expect(warning).toHaveAttribute('data-code', 'vault.rolledBack')
      await page.getByTestId('vault-warning-open').click()
      await page.getByTestId('vault-warning-acknowledge').click()
      await expect(warning).toBeHidden()
      await lock(page)
      await unlock(page, passphrase)
      await expect(page.getByTestId('shell')).toBeVisible()
      await expect(warning).toBeHidden()
    })
  })
}
