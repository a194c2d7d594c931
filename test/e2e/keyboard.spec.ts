// The main job by keyboard alone: no mouse event reaches the page from the first screen to the last.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { passphrase } from './steps.ts'
import { expect as soonExpect, expectNoClear, lockAndWait, test } from './support/host.ts'

/** Nothing here is about speed, and a machine may have much else to do. */
const expect = soonExpect.configure({ timeout: 180_000 })

/** More stops than any page has. */
const mostStops = 90
const clear = { name: '欧阳小满', mobile: '13812345678' }

/** Tabs on until the focus is on the element (or in it), as a person does; each stop must be on the screen. */
async function tabTo(page: Page, testId: string): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < mostStops; stop++) {
    const at = await page.evaluate((wanted) => {
      const element = document.activeElement
      if (element === null || element === document.body) return { there: false, name: 'nothing', seen: true }
      const box = element.getBoundingClientRect()
      // A radio button or a select's field is drawn by what stands around it.
      const frame = element.closest('label, .ant-select, .ant-segmented-item') ?? element
      const { width, height } = frame.getBoundingClientRect()
      return {
        there: element.closest(`[data-testid="${wanted}"]`) !== null,
        name: element.getAttribute('data-testid') ?? `${element.tagName} ${element.textContent.slice(0, 20)}`,
        seen:
          width > 0 &&
          height > 0 &&
          box.bottom > 0 &&
          box.top < innerHeight &&
          box.right > 0 &&
          box.left < innerWidth,
      }
    }, testId)
    expect(at.seen, `the focus is off the screen, on ${at.name}`).toBe(true)
    if (at.there) return
    passed.push(at.name)
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way to ${testId} by Tab: ${passed.join(', ')}`)
}

async function press(page: Page, testId: string): Promise<void> {
  await tabTo(page, testId)
  await page.keyboard.press('Enter')
}

/** Replaces what stands in a field. */
async function type(page: Page, testId: string, text: string): Promise<void> {
  await tabTo(page, testId)
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

test('from creation to the next unlock without a mouse', async ({ host }) => {
  test.setTimeout(900_000)
  const { page, folder } = host
  const csv = join(folder, 'customers.csv')
  writeFileSync(
    csv,
    `客户编号,客户姓名,手机号码\nKH1,${clear.name},${clear.mobile}\nKH2,张晨,13912340000\nKH3,周立,13900001111\n`,
  )
  await page.context().addInitScript(() => {
    for (const name of ['mousedown', 'pointerdown', 'touchstart'])
      window.addEventListener(
        name,
        () => console.error(`${name}: something other than the keyboard was used`),
        true,
      )
  })
  await page.reload()

  await test.step('create a vault and keep its kits', async () => {
    await press(page, 'welcome-create')
    await type(page, 'create-company', '示例商贸有限公司')
    await page.keyboard.press('Enter')
    await type(page, 'create-owner', '林晓')
    await type(page, 'create-passphrase', passphrase)
    await type(page, 'create-repeat', passphrase)
    await expect(page.getByTestId('create-next')).toBeEnabled()
    await page.keyboard.press('Enter')
    // One stop for the two choices, on the one that is chosen: the arrows change it.
    const bound = await page.getByTestId('create-bound').isChecked()
    await tabTo(page, bound ? 'create-bound' : 'create-portable')
    if (bound) await page.keyboard.press('ArrowDown')
    await expect(page.getByTestId('create-portable')).toBeChecked()
    await type(page, 'create-path', join(folder, 'keys.vault'))
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('kit-code-1').locator('.kit-group')).toHaveCount(10)
    const groups = await page.getByTestId('kit-code-1').locator('.kit-group span').allInnerTexts()
    await press(page, 'kits-next')
    await tabTo(page, 'check-group-1')
    await page.keyboard.type(groups.join('').toLowerCase())
    await expect(page.getByTestId('check-finish')).toBeEnabled()
    await press(page, 'check-finish')
    await expect(page.getByTestId('empty-state')).toBeVisible()
  })

  await test.step('import a file by its path', async () => {
    await press(page, 'nav-imports')
    await type(page, 'import-path', csv)
    await press(page, 'import-preview')
    await expect(page.getByTestId('import-dry-run')).toBeEnabled()
    await press(page, 'import-dry-run')
    await expect(page.getByTestId('import-run')).toBeEnabled()
    await press(page, 'import-run')
    await expect(page.getByTestId('import-look')).toBeVisible()
    await press(page, 'import-look')
  })

  await test.step('go through the list and open a customer', async () => {
    await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
    await page.keyboard.press('/')
    await page.keyboard.insertText('KH1')
    await expect(page.getByTestId('customers-table-row')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
    await page.keyboard.press('ArrowDown')
    await expect(page.getByTestId('customers-table')).toBeFocused()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'Home']) await page.keyboard.press(key)
    await page.getByTestId('customers-table').locator('.vrow.active', { hasText: 'KH' }).waitFor()
    for (
      let row = 0;
      row < 2 && (await page.locator('.vrow.active', { hasText: 'KH1' }).count()) === 0;
      row++
    )
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('customer-detail')).toContainText('KH1')
  })

  await test.step('reveal with a reason, and hide', async () => {
    await press(page, 'reveal-mobile')
    await expect(page.getByTestId('reason-caller')).toBeFocused()
    await page.keyboard.press('Space')
    await press(page, 'reveal-mobile-confirm')
    await expect(page.getByTestId('reveal-mobile-clear')).toContainText(clear.mobile)
    await expect(page.getByTestId('reveal-mobile-hide')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('reveal-mobile')).toBeFocused()
    await expectNoClear(page, [clear.mobile, clear.name])
  })

  await test.step('take a complaint, move it on, note', async () => {
    await press(page, 'customer-new-complaint')
    await type(page, 'complaint-narrative', `客户${clear.name}来电，要求退还预付款。`)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByTestId('complaint-open')).toBeVisible()
    await press(page, 'complaint-open')
    await expect(page.getByTestId('case-narrative')).toBeVisible()
    await tabTo(page, 'case-status')
    await page.keyboard.press('ArrowDown')
    await expect(page.locator('.ant-select-item-option-active')).toBeVisible()
    await page.keyboard.press('Enter')
    await type(page, 'case-note', '已告知客户。')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByTestId('case-timeline').locator('li')).toHaveCount(2)
    await type(page, 'case-note', '等待财务确认。')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByTestId('case-timeline').locator('li')).toHaveCount(3)
  })

  await test.step('export', async () => {
    await press(page, 'nav-exports')
    await type(page, 'export-folder', folder)
    await type(page, 'export-name', 'handed-out')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('export-result')).toBeVisible()
    expect(existsSync(join(folder, 'handed-out', 'bagit.txt'))).toBe(true)
  })

  await test.step('lock and unlock', async () => {
    await lockAndWait(page, () => page.keyboard.press('Control+l'))
    await expect(page.getByTestId('unlock-passphrase')).toBeFocused()
    await page.keyboard.insertText(passphrase)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('customers-table-row')).toHaveCount(3)
    await expect(page.getByTestId('session-notices')).toContainText('林晓上次解锁')
    await press(page, 'session-notices')
    await expect(page.getByTestId('session-notices')).toBeHidden()
  })

  await test.step('nothing of all that is kept in the browser', async () => {
    const kept: unknown = await page.evaluate(`(async () => [
      localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,
      (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
    ])()`)
    expect(kept).toEqual([0, 0, '', 0, 0, 0])
  })
})
