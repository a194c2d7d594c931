// A case with files, as far as the window's steps go.
import { expect, type Page } from './host.ts'

/** The sample vault with a complaint of its own, open at its attachments. */
export async function openNewCase(page: Page): Promise<void> {
  await page.getByTestId('welcome-sample').click()
  await expect(page.getByTestId('shell')).toBeVisible({ timeout: 120_000 })
  await page.getByTestId('nav-complaints').click()
  await page.getByTestId('complaint-add').click()
  await page.getByTestId('complaint-narrative').fill('预付卡余额未退')
  await page.getByTestId('complaint-save').click()
  await page.getByTestId('complaint-open').click()
  await expect(page.getByTestId('case-attachments')).toBeVisible()
}

export async function attach(page: Page, path: string): Promise<void> {
  await page.getByTestId('attachment-add').click()
  await page.getByTestId('attachment-path').fill(path)
  await page.getByTestId('attachment-store').click()
  await expect(page.getByTestId('attachment-store')).toBeHidden()
}

export async function viewAttachment(page: Page, index: number): Promise<void> {
  await page.getByTestId('attachment-item').nth(index).getByTestId('attachment-view').click()
  await page.getByTestId('reason-case').check()
  await page.getByTestId('attachment-preview-confirm').click()
  await expect(page.getByTestId('attachment-content')).toBeVisible()
}
