// Attachments in the window: chosen, listed, looked at without anything in them running, saved, removed; in both languages.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { contentSecurityPolicy } from '../../electron/shell/security/content-policy.ts'
import { bridgeName } from '../../shared/bridge.ts'
import { attach, openNewCase, viewAttachment } from './support/attachments.ts'
import { expect, expectNoClear, lockAndWait, test } from './support/host.ts'
import { fakeOpener } from './support/fake-opener.ts'
import { skipAloud } from './support/skip-aloud.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ranCode = 1"><script>window.ranCode = 2</script></svg>`
const pdf = '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a picture is shown, code stays text, a file is saved as it is, and what was removed is gone', async ({
      host,
    }, info) => {
      test.slow()
      const { page, folder } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 720 })
      const files = join(folder, '材料')
      mkdirSync(files)
      writeFileSync(join(files, '收据 13812345678.png'), png)
      writeFileSync(join(files, 'logo.svg'), svg)
      writeFileSync(join(files, '信.pdf'), pdf)
      await openNewCase(page)

      // Chosen with the window's own chooser.
      await page.getByTestId('attachment-add').click()
      await page.getByTestId('attachment-path').fill(join(files, 'x'))
      await page.getByTestId('attachment-path-choose').click()
      await page.getByTestId('browser-entry').filter({ hasText: '收据' }).click()
      await page.getByTestId('attachment-note').fill('客户当面交来')
      await picture(`attach-${language}`)
      await page.getByTestId('attachment-store').click()
      await expect(page.getByTestId('attachment-item')).toHaveCount(1)
      await attach(page, join(files, 'logo.svg'))
      await attach(page, join(files, '信.pdf'))
      await expect(page.getByTestId('attachment-item')).toHaveCount(3)
      await expect(page.getByTestId('case-timeline')).toContainText('客户当面交来')
      await expectNoClear(page, ['13812345678'])

      await viewAttachment(page, 0)
      const image = page.locator('.attachment-picture')
      await expect(image).toBeVisible()
      expect(await image.evaluate((node) => Number(Reflect.get(node, 'naturalWidth')))).toBe(1)
      await picture(`picture-${language}`)
      await page.keyboard.press('Escape')
      await expect(page.getByTestId('attachment-content')).toBeHidden()
      await expectNoClear(page, ['13812345678'])

      await viewAttachment(page, 1)
      await expect(page.locator('.attachment-text')).toHaveText(svg)
      expect(await page.locator('.attachment-preview svg, .attachment-preview script').count()).toBe(0)
      await picture(`code-${language}`)
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => Reflect.has(window, 'ranCode'))).toBe(false)

      const last = page.getByTestId('attachment-item').nth(2)
      await last.getByTestId('attachment-save').click()
      const out = join(folder, 'saved.pdf')
      await page.getByTestId('attachment-out').fill(out)
      await page.getByTestId('reason-regulator').check()
      await picture(`save-${language}`)
      await page.getByTestId('attachment-save-confirm').click()
      await expect(page.getByTestId('attachment-out')).toBeHidden()
      expect(readFileSync(out, 'latin1')).toBe(pdf)

      await last.getByTestId('attachment-remove').click()
      await page.getByTestId('attachment-remove-reason').fill('误存')
      await picture(`remove-${language}`)
      await page.getByTestId('attachment-remove-confirm').click()
      await expect(last.getByTestId('attachment-save')).toHaveCount(0)
      await expect(last.locator('.attachment-name')).toHaveClass(/gone/)
      await page.getByTestId('case-attachments').scrollIntoViewIfNeeded()
      await picture(`list-${language}`)
    })
  })
}

/** Drops files on the attachments as a person does who drags them from a file manager; they carry their real paths. */
async function dropOn(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', multiple: true, id: 'dragged' })
    document.body.append(input)
  })
  await page.locator('#dragged').setInputFiles([...paths])
  await page.evaluate(() => {
    const input = document.getElementById('dragged')
    if (!(input instanceof HTMLInputElement)) throw new Error('no files to drag')
    const dataTransfer = new DataTransfer()
    for (const file of input.files ?? []) dataTransfer.items.add(file)
    input.remove()
    const target = document.querySelector('[data-testid="case-attachments"]')
    for (const type of ['dragover', 'drop'])
      target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
  })
}

test('files that are dragged in are stored from where they lie; elsewhere a drop does nothing', async ({
  host,
}) => {
  test.slow()
  const { page, folder } = host
  const paths = ['一.txt', '二.txt'].map((name) => join(folder, name))
  for (const path of paths) writeFileSync(path, `内容 ${path.length}`)
  await page.getByTestId('welcome-sample').click()
  await expect(page.getByTestId('shell')).toBeVisible({ timeout: 120_000 })
  const refused = await page.evaluate(async (name) => {
    const dataTransfer = new DataTransfer()
    const madeUp = new File(['<script>'], 'a.html', { type: 'text/html' })
    dataTransfer.items.add(madeUp)
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })
    document.body.dispatchEvent(drop)
    const bridge: unknown = Reflect.get(window, name)
    const pathOf: unknown = typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'pathOf') : 0
    if (typeof pathOf !== 'function') throw new Error('no bridge')
    const asked: unknown[] = [madeUp, { name: 'x' }, 'x', window]
    const paths: unknown[] = []
    for (const one of asked) paths.push(await Reflect.apply(pathOf, undefined, [one]))
    const left = Object.getOwnPropertyNames(window).filter((key) => key.startsWith('guicangFile'))
    return { prevented: drop.defaultPrevented, paths, left }
  }, bridgeName)
  expect(refused).toEqual({ prevented: true, paths: [null, null, null, null], left: [] })

  await page.getByTestId('nav-complaints').click()
  await page.getByTestId('complaint-add').click()
  await page.getByTestId('complaint-narrative').fill('预付卡余额未退')
  await page.getByTestId('complaint-save').click()
  await page.getByTestId('complaint-open').click()
  await expect(page.getByTestId('case-attachments')).toBeVisible()
  await dropOn(page, paths.slice(0, 1))
  await expect(page.getByTestId('attachment-path')).toHaveValue(paths[0] ?? '')
  await page.getByTestId('attachment-store').click()
  await expect(page.getByTestId('attachment-item')).toHaveCount(1)
  await dropOn(page, paths)
  await expect(page.getByTestId('attachment-paths').locator('li')).toHaveCount(2)
  await page.getByTestId('attachment-store').click()
  await expect(page.getByTestId('attachment-item')).toHaveCount(3)
  await expect(page.getByTestId('attachment-store')).toBeHidden()
})

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`outside, ${language}`, () => {
    test.use({ language })
    skipAloud(
      `opening outside, ${language}`,
      process.platform === 'linux' ? undefined : 'the opener put in place is the one of Linux desktops',
    )

    test('a file is opened in another program after a warning, and its copy is gone once the vault is locked', async ({
      host,
    }, info) => {
      test.slow()
      const { page, folder, appDataDir } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 800 })
      const before = process.env['PATH']
      const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 65)])
      const files = { '欧阳懿一 13892483177 信.pdf': content, 'logo.svg': svg, '记事.txt': '#!/bin/sh\n' }
      try {
        await openNewCase(page)
        for (const [name, bytes] of Object.entries(files)) {
          writeFileSync(join(folder, name), bytes)
          await attach(page, join(folder, name))
        }
        await expect(page.getByTestId('attachment-item')).toHaveCount(3)
        const item = (index: number) => page.getByTestId('attachment-item').nth(index)
        // What carries code isn't even offered.
        await expect(item(1).getByTestId('attachment-open')).toHaveCount(0)
        await picture(`open-tools-${language}`)

        const openIt = async (index: number) => {
          await item(index).getByTestId('attachment-open').click()
          await expect(page.getByTestId('attachment-open-warning')).toBeVisible()
          await page.getByTestId('reason-contact').check()
          await page.getByTestId('attachment-open-confirm').click()
        }
        // No program: nothing is decrypted.
        process.env['PATH'] = join(folder, 'nothing')
        await openIt(0)
        await expect(page.getByTestId('attachment-open-warning').getByRole('alert')).toBeVisible()
        await picture(`open-missing-${language}`)
        expect(existsSync(join(appDataDir, 'opened'))).toBe(false)

        const opener = fakeOpener(folder)
        process.env['PATH'] = `${opener.path}:${before ?? ''}`
        await picture(`open-warning-${language}`)
        await page.getByTestId('attachment-open-confirm').click()
        await expect(page.getByTestId('attachment-open-warning')).toBeHidden()
        const path = opener.given()
        expect(path).toMatch(/[/\\]opened[/\\][^/\\]+[/\\]attachment\.pdf$/)
        expect(path.startsWith(appDataDir)).toBe(true)
        expect(opener.bytes().equals(content)).toBe(true)
        expect(readFileSync(path).equals(content)).toBe(true)
        await expect(page.getByTestId('case-timeline')).toContainText('信.pdf')
        await expectNoClear(page, ['13892483177'])
        await picture(`opened-${language}`)

        // A script among texts is found out.
        await openIt(2)
        await expect(page.getByTestId('attachment-open-warning').getByRole('alert')).toBeVisible()
        await picture(`open-only-saved-${language}`)
        await page.keyboard.press('Escape')
        expect(readdirSync(join(appDataDir, 'opened'))).toHaveLength(1)

        await lockAndWait(page, () => host.app.lock('user'))
        expect(existsSync(path)).toBe(false)
        expect(readdirSync(join(appDataDir, 'opened'))).toEqual([])
      } finally {
        process.env['PATH'] = before
      }
    })
  })
}

test('the policy lets pictures come from the program and from data alone, and no plug-in, frame or worker at all', () => {
  const policy = contentSecurityPolicy('n')
  expect(policy).toContain("img-src 'self' data:;")
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).not.toMatch(/blob:|frame-src|child-src|worker-src|media-src/)
})
