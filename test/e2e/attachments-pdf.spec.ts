// PDFs in the window: drawn page by page as pictures, and nothing that one tries comes to anything.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { mostPreviewBytes, previewPartBytes } from '../../shared/types/attachment.ts'
import { actingPdf, circlingPdf, encryptedPdf, hugePdf, plainPdf } from '../support/pdf-files.ts'
import { noisePng, scannedPdf } from '../support/scan-pdf.ts'
import { attach, openNewCase, viewAttachment } from './support/attachments.ts'
import { expect, expectNoClear, lockAndWait, test, type TestHost } from './support/host.ts'

/** Whether a pixel of the page, in parts of its width and height, is red, dark or white. */
async function colourAt(page: Page, x: number, y: number): Promise<string> {
  return page.locator('.pdf-page canvas').evaluate(
    (node, [partX, partY]) => {
      if (!(node instanceof HTMLCanvasElement)) throw new Error('no canvas')
      const data = node
        .getContext('2d')
        ?.getImageData(Math.floor(node.width * partX), Math.floor(node.height * partY), 1, 1).data
      return [...(data ?? [])].slice(0, 3).join(' ')
    },
    [x, y] as const,
  )
}

/** How many pixels of a stripe of the page are dark: whether anything is written there. */
async function darkIn(page: Page, fromY: number, toY: number): Promise<number> {
  return page.locator('.pdf-page canvas').evaluate(
    (node, [from, to]) => {
      if (!(node instanceof HTMLCanvasElement)) throw new Error('no canvas')
      const top = Math.floor(node.height * from)
      const height = Math.floor(node.height * (to - from))
      const data = node.getContext('2d')?.getImageData(0, top, node.width, height).data ?? []
      let dark = 0
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) dark += 1
      return dark
    },
    [fromY, toY] as const,
  )
}

/** What a page could have done that it must not. */
function watch(host: TestHost): { seen: string[] } {
  const seen: string[] = []
  const { page } = host
  const start = page.url()
  page.on('dialog', () => seen.push('dialog'))
  page.on('download', () => seen.push('download'))
  page.on('popup', () => seen.push('popup'))
  page.on('worker', () => seen.push('worker'))
  page.on('frameattached', () => seen.push('frame'))
  page.on('framenavigated', (frame) => seen.push(`navigation ${frame.url()}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(start).origin)) seen.push(`request ${request.url()}`)
  })
  return { seen }
}

async function drawn(page: Page): Promise<void> {
  await expect(page.getByTestId('pdf-picture')).toHaveAttribute('data-state', 'drawn', { timeout: 20_000 })
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('a PDF is shown page by page, with Chinese in a font that it doesn’t carry; one that can’t be shown says so', async ({
      host,
    }, info) => {
      test.slow()
      const { page, folder } = host
      const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 800 })
      const files = {
        '信.pdf': plainPdf(60),
        '密.pdf': encryptedPdf(),
        '坏.pdf': Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
      }
      await openNewCase(page)
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content)
        await attach(page, join(folder, name))
      }
      await expect(page.getByTestId('attachment-item')).toHaveCount(3)

      await viewAttachment(page, 0)
      await drawn(page)
      expect(await colourAt(page, 0.2, 0.15)).toBe('255 0 0')
      // Decoded without WebAssembly, by a script of our own origin.
      expect(await colourAt(page, 0.7, 0.15)).toMatch(/^25\d \d \d$/)
      expect(await darkIn(page, 0.32, 0.38), 'Latin words').toBeGreaterThan(100)
      expect(await darkIn(page, 0.43, 0.51), 'Chinese words').toBeGreaterThan(100)
      await expect(page.getByTestId('pdf-page')).toContainText('60')
      await expect(page.getByTestId('pdf-previous')).toBeDisabled()
      await picture(`pdf-${language}`)
      await page.getByTestId('pdf-picture').evaluate((node) => node.scrollTo(0, 300))
      await picture(`pdf-chinese-${language}`)
      await page.getByTestId('pdf-next').click()
      await drawn(page)
      await expect(page.getByTestId('pdf-page')).toContainText('2')
      for (let at = 2; at < 50; at += 1) await page.getByTestId('pdf-next').click()
      await expect(page.getByTestId('pdf-next')).toBeDisabled()
      await drawn(page)
      await picture(`pdf-last-${language}`)
      await page.keyboard.press('Escape')
      await expect(page.locator('canvas')).toHaveCount(0)

      await viewAttachment(page, 1)
      await expect(page.getByTestId('pdf-problem')).toBeVisible()
      await picture(`pdf-encrypted-${language}`)
      await page.keyboard.press('Escape')
      await viewAttachment(page, 2)
      await expect(page.getByTestId('pdf-problem')).toBeVisible()
      await picture(`pdf-broken-${language}`)
      await page.keyboard.press('Escape')
    })
  })
}

test('a PDF that acts, is huge or goes in circles changes nothing, and the window goes on', async ({
  host,
}, info) => {
  test.slow()
  const { page, folder } = host
  const hostile = { '动.pdf': actingPdf(), '大.pdf': hugePdf(), '圈.pdf': circlingPdf() }
  await openNewCase(page)
  for (const [name, content] of Object.entries(hostile)) {
    writeFileSync(join(folder, name), content)
    await attach(page, join(folder, name))
  }
  await expect(page.getByTestId('attachment-item')).toHaveCount(3)
  const { seen } = watch(host)
  const title = await page.title()

  await viewAttachment(page, 0)
  await drawn(page)
  expect(await colourAt(page, 0.2, 0.15)).toBe('255 0 0')
  await page.screenshot({ path: info.outputPath('acting.png') })
  // Every place of it is a link, a button and a launcher: as a picture it is none of them.
  const picture = page.getByTestId('pdf-picture')
  expect(await picture.locator('a, button, input, form, iframe, object, embed, script, svg').count()).toBe(0)
  for (const position of [
    { x: 60, y: 60 },
    { x: 200, y: 200 },
  ]) {
    await picture.click({ position })
    await picture.dblclick({ position })
  }
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')

  for (const index of [1, 2]) {
    await viewAttachment(page, index)
    await expect(page.locator('[data-state="drawn"], [data-testid="pdf-problem"]').first()).toBeAttached({
      timeout: 20_000,
    })
    if (
      await page
        .getByTestId('pdf-next')
        .isEnabled()
        .catch(() => false)
    ) {
      await page.getByTestId('pdf-next').click()
      await expect(page.locator('[data-state="drawn"], [data-testid="pdf-problem"]').first()).toBeAttached()
    }
    await page.screenshot({ path: info.outputPath(`hostile-${index}.png`) })
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('attachment-content')).toBeHidden()
  }

  expect(seen).toEqual([])
  expect(await page.evaluate(() => Reflect.has(window, 'ranCode'))).toBe(false)
  expect(await page.evaluate(() => Reflect.has(window, 'pdfjsSandbox'))).toBe(false)
  expect(await page.title()).toBe(title)
})

test('a preview of a PDF is gone after half a minute, pixels and all', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  await openNewCase(page)
  writeFileSync(join(folder, '信.pdf'), plainPdf(2))
  await attach(page, join(folder, '信.pdf'))
  await viewAttachment(page, 0)
  await drawn(page)
  await expect(page.getByTestId('attachment-content')).toBeHidden({ timeout: 40_000 })
  await expect(page.locator('canvas')).toHaveCount(0)
})

/** How often the window has asked for it. */
function asked(host: TestHost, channel: string): number {
  return host.calls.filter((call) => call.channel === channel).length
}

/** Asks to see it, and doesn't wait for it to come. */
async function beginToView(page: Page): Promise<void> {
  await page.getByTestId('attachment-view').click()
  await page.getByTestId('reason-case').check()
  await page.getByTestId('attachment-preview-confirm').click()
  await expect(page.getByTestId('attachment-coming')).toBeVisible({ timeout: 20_000 })
}

test('a large PDF comes in parts of which none is large, each once; a small one comes at once', async ({
  host,
}, info) => {
  test.slow()
  const { page, folder } = host
  const content = await scannedPdf(17)
  writeFileSync(join(folder, '扫描.pdf'), content)
  writeFileSync(join(folder, '信.pdf'), plainPdf(1))
  await openNewCase(page)
  await attach(page, join(folder, '扫描.pdf'))
  await page.getByTestId('attachment-view').click()
  await page.getByTestId('reason-case').check()
  await page.getByTestId('attachment-preview-confirm').click()
  await expect(page.getByTestId('attachment-coming').locator('progress')).toBeVisible({ timeout: 20_000 })
  await page.screenshot({ path: info.outputPath('coming.png') })
  await drawn(page)
  expect(await colourAt(page, 0.1, 0.1)).toBe('255 0 0')
  const parts = Math.ceil(content.length / previewPartBytes)
  expect(asked(host, 'attachments.preview')).toBe(1)
  expect(asked(host, 'attachments.previewPart')).toBe(parts - 1)
  expect(asked(host, 'attachments.closePreview')).toBe(0)
  const sizes = host.traffic.map(({ json }) => json.length)
  expect(Math.max(...sizes)).toBeLessThan(1024 * 1024)
  await page.getByTestId('pdf-next').click()
  await drawn(page)
  await page.keyboard.press('Escape')
  await expect(page.locator('canvas')).toHaveCount(0)

  await attach(page, join(folder, '信.pdf'))
  await viewAttachment(page, 1)
  await drawn(page)
  expect(asked(host, 'attachments.previewPart')).toBe(parts - 1)
})

test('a large picture is put together from its parts', async ({ host }) => {
  test.slow()
  const { page, folder } = host
  const content = noisePng(1400)
  expect(content.length).toBeLessThan(mostPreviewBytes)
  writeFileSync(join(folder, '照片.png'), content)
  await openNewCase(page)
  await attach(page, join(folder, '照片.png'))
  await viewAttachment(page, 0)
  const picture = page.locator('.attachment-picture')
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((node) => Number(Reflect.get(node, 'naturalWidth')))).toBe(1400)
  expect(asked(host, 'attachments.previewPart')).toBe(Math.ceil(content.length / previewPartBytes) - 1)
})

test('closing the dialog while it comes stops it; so does a lock, and nothing of it is left', async ({
  host,
}) => {
  test.slow()
  const { page, folder } = host
  const content = await scannedPdf(17)
  writeFileSync(join(folder, '欧阳懿一.pdf'), content)
  await openNewCase(page)
  await attach(page, join(folder, '欧阳懿一.pdf'))
  await beginToView(page)
  await page.getByTestId('attachment-coming-cancel').click()
  await expect(page.getByTestId('attachment-coming')).toBeHidden()
  await expect.poll(() => asked(host, 'attachments.closePreview')).toBe(1)
  await expect(page.locator('canvas')).toHaveCount(0)
  const before = asked(host, 'attachments.previewPart')
  expect(before).toBeLessThan(Math.ceil(content.length / previewPartBytes) - 1)

  await beginToView(page)
  await lockAndWait(page, () => host.app.lock('user'))
  await expectNoClear(page, ['欧阳懿一'])
  const parts = host.calls.filter(({ channel }) => channel === 'attachments.previewPart')
  expect(parts.length).toBeLessThan(before + Math.ceil(content.length / previewPartBytes) - 1)
  await expect(page.getByTestId('attachment-coming')).toBeHidden()
})
