// Whether everybody can use what is on the screen: WCAG 2.1 A and AA by axe in light and dark, and nothing cut or pushed
// aside when the window is magnified twice.
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { z } from 'zod'

const reportSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }))
const linesSchema = z.array(z.string())
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** 1280 × 720 at 200 %: a page sees half the pixels each way. */
const magnified = { width: 640, height: 360 }
const usual = { width: 1280, height: 720 }

/** Looked at again while colours still change, which a slow machine takes its time for; what stays wrong fails. */
const soft = expect.configure({ soft: true })
const inTheEnd = (message: string): { message: string; timeout: number } => ({ message, timeout: 10_000 })

/** Holds the page as it stands against all of it; `name` is what a failure is called. */
export async function expectForEverybody(page: Page, name: string): Promise<void> {
  await dress(page, 'light')
  await soft.poll(() => violations(page, { runOnly: tags }), inTheEnd(`${name}, light`)).toEqual([])
  await dress(page, 'dark')
  // Names, roles and order don't depend on the colours.
  await soft
    .poll(() => violations(page, { runOnly: ['color-contrast'] }), inTheEnd(`${name}, dark`))
    .toEqual([])
  await dress(page, 'light')
  await page.setViewportSize(magnified)
  await settle(page)
  expect.soft(await cutOff(page), `${name}, at 200 %`).toEqual([])
  await page.setViewportSize(usual)
  await settle(page)
}

/** Changes the computer's look and waits until the window has followed. */
async function dress(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
}

/** Runs axe in the page; its rules come through the driver, since the page itself may load nothing. */
async function violations(page: Page, options: object): Promise<string[]> {
  await settle(page)
  const loaded = await page.evaluate(() => Reflect.has(window, 'axe'))
  if (!loaded) await page.evaluate(axe.source)
  const answer: unknown = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then((r) => JSON.parse(JSON.stringify(r.violations)))`,
  )
  return reportSchema.parse(answer).map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
}

/** Two frames, and the end of whatever moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done))
    const moving = document.getAnimations().filter(({ playState }) => playState === 'running')
    await Promise.race([
      Promise.allSettled(moving.map(({ finished }) => finished)),
      new Promise((done) => setTimeout(done, 500)),
    ])
  })
}

/**
 * What a person can't get at: controls, headings and labels outside of the window or of a box that hides what is over its
 * edge. What can be scrolled to counts as there; only tables may be scrolled sideways (WCAG 1.4.10).
 */
async function cutOff(page: Page): Promise<string[]> {
  const answer: unknown = await page.evaluate(() => {
    const slack = 1.5
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth + slack) found.push(`the page is ${root.scrollWidth} px wide`)
    const sideways = (element: Element): boolean =>
      element.matches('.vtable, .table-scroll, pre, [data-scrolls-sideways]') ||
      element.querySelector(':scope > table') !== null
    const wanted =
      'button, a[href], input, textarea, select, h1, h2, h3, label, legend, [role=button], [role=radio], [role=combobox]'
    for (const element of document.querySelectorAll(wanted)) {
      const box = element.getBoundingClientRect()
      if (
        box.width < 2 ||
        box.height < 2 ||
        !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue
      const words = `${element.tagName.toLowerCase()} "${(element.textContent || element.getAttribute('aria-label') || element.getAttribute('data-testid') || '').trim().slice(0, 40)}"`
      let across = false
      let down = false
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        const style = getComputedStyle(parent)
        const edge =
          parent === document.body || parent === root
            ? new DOMRect(0, 0, innerWidth, innerHeight)
            : parent.getBoundingClientRect()
        if (!across && /auto|scroll/.test(style.overflowX)) {
          if (parent.scrollWidth > parent.clientWidth + slack && !sideways(parent)) {
            const name = parent.className || parent.tagName
            const line = `${name} scrolls sideways: ${parent.scrollWidth} in ${parent.clientWidth} px`
            if (!found.includes(line)) found.push(line)
          }
          across = true
        }
        if (!down && /auto|scroll/.test(style.overflowY)) down = true
        if (
          !across &&
          /hidden|clip/.test(style.overflowX) &&
          (box.left < edge.left - slack || box.right > edge.right + slack)
        ) {
          found.push(`${words} is cut at the side of ${parent.className || parent.tagName}`)
          across = true
        }
        if (
          !down &&
          /hidden|clip/.test(style.overflowY) &&
          (box.top < edge.top - slack || box.bottom > edge.bottom + slack)
        ) {
          found.push(`${words} is cut at the foot of ${parent.className || parent.tagName}`)
          down = true
        }
        if (style.position === 'fixed') break
      }
      if (!across && (box.left < -slack || box.right > innerWidth + slack))
        found.push(`${words} is beside the window`)
      const grows = root.scrollHeight > root.clientHeight && getComputedStyle(root).overflowY !== 'hidden'
      if (!down && !grows && (box.top < -slack || box.bottom > innerHeight + slack))
        found.push(`${words} is below the window`)
    }
    return found
  })
  return linesSchema.parse(answer)
}
