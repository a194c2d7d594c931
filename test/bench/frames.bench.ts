// How smooth the window stays while long work runs: the time between two frames, as the page itself sees it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { connect } from '../../electron/cli/connection.ts'
import { buildIfNeeded } from '../../electron/shell/hosts/build.ts'
import { findBrowser } from '../../electron/shell/hosts/chromium/browsers.ts'
import { scannedPdf } from '../support/scan-pdf.ts'
import { writeCustomers } from './customers.ts'
import type { Measurement, Row } from './measurement.ts'
import { folder, importRows, passphrase, percentile } from './subjects.ts'
import { openWindow, patience } from './window-host.ts'

const letters = Math.min(1000, importRows)
const idleMs = 10_000
/** About a megabyte each. */
const pdfPages = 18

/** Milliseconds between each two frames that the page drew while `work` ran. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  const recorder = await page.evaluateHandle(() => {
    const record = { on: true, last: performance.now(), gaps: new Array<number>() }
    const next = (): void => {
      const now = performance.now()
      record.gaps.push(now - record.last)
      record.last = now
      if (record.on) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    return record
  })
  await work()
  const gaps = await recorder.evaluate((record) => {
    record.on = false
    return record.gaps
  })
  await recorder.dispose()
  return gaps
}

function rowsOf(what: string, gaps: readonly number[], peer?: readonly number[]): Row[] {
  const longest = percentile(gaps, 1)
  const rows: Row[] = [
    {
      what: `${what}: p99 of frames`,
      value: percentile(gaps, 0.99),
      unit: 'ms',
      note: `${gaps.length} frames`,
    },
    {
      what: `${what}: longest frame`,
      value: longest,
      unit: 'ms',
      ...(peer === undefined ? { note: 'peer' } : {}),
    },
  ]
  if (peer === undefined) return rows
  return [
    ...rows,
    { what: `${what}: ratio`, value: longest / percentile(peer, 1), unit: '×', note: 'longest ÷ at rest' },
  ]
}

/** A vault with so many customers and a complaint of each, closed. */
async function prepare(path: string): Promise<void> {
  const file = `${path}.csv`
  await writeCustomers(file, letters)
  const connection = connect()
  const company = { name: '测' }
  await connection.call('vault.create', { path, company, owner: 'bench', passphrase, deviceBinding: false })
  await connection.call('imports.run', { path: file, kind: 'customers' })
  const { items } = await connection.call('customers.list', { limit: letters })
  for (const { id: customerId } of items)
    await connection.call('complaints.add', { customerId, category: '退款' })
  await connection.close()
}

/** Opens a large PDF of a complaint, from the press of the button until its first page is drawn. */
async function viewPdf(page: Page): Promise<number[]> {
  const press = (name: string) => page.getByTestId(name).click(patience)
  const file = join(folder, 'frames.pdf')
  writeFileSync(file, await scannedPdf(pdfPages))
  await page.getByTestId('complaints-table-row').first().click(patience)
  await press('attachment-add')
  await page.getByTestId('attachment-path').fill(file)
  await press('attachment-store')
  await press('attachment-view')
  await page.getByTestId('reason-case').check(patience)
  const gaps = await framesDuring(page, async () => {
    await press('attachment-preview-confirm')
    await page.locator('[data-testid="pdf-picture"][data-state="drawn"]').waitFor(patience)
  })
  await page.keyboard.press('Escape')
  await page.getByTestId('attachment-content').waitFor({ ...patience, state: 'detached' })
  return gaps
}

async function measured(): Promise<Row[]> {
  const path = join(folder, 'frames.vault')
  await prepare(path)
  const more = join(folder, 'frames.csv')
  await writeCustomers(more, importRows)
  const out = join(folder, 'frames-letters')
  mkdirSync(out)
  const { page, close } = await openWindow(path)
  try {
    const press = (name: string) => page.getByTestId(name).click(patience)
    await page.getByTestId('unlock-passphrase').fill(passphrase)
    await press('unlock-submit')
    await press('nav-complaints')
    await page.getByTestId('complaints-table-row').first().waitFor(patience)
    const rest = await framesDuring(page, () => page.waitForTimeout(idleMs))
    const pdf = await viewPdf(page)
    await press('nav-complaints')
    await press('letters-batch')
    await page.getByTestId('letter-folder').fill(out)
    await page.getByTestId('letter-name').fill('batch')
    const batch = await framesDuring(page, async () => {
      await press('batch-run')
      await page.getByTestId('batch-done').waitFor(patience)
    })
    await page.keyboard.press('Escape')
    await press('nav-imports')
    await page.getByTestId('import-path').fill(more)
    await press('import-preview')
    await page.getByTestId('import-dry-run').waitFor(patience)
    const imported = await framesDuring(page, async () => {
      await press('import-dry-run')
      await press('import-run')
      await page.getByTestId('import-look').waitFor(patience)
    })
    return [
      ...rowsOf('at rest', rest),
      ...rowsOf(`a PDF of ${pdfPages} MB is opened`, pdf, rest),
      ...rowsOf(`a batch of ${letters.toLocaleString('en')} letters`, batch, rest),
      ...rowsOf(`trial and import of ${importRows.toLocaleString('en')} rows`, imported, rest),
    ]
  } finally {
    await close()
  }
}

const measurement: Measurement = {
  title: 'Frames',
  about: `The window over a vault of ${letters.toLocaleString('en')} customers with a complaint each, without a screen: milliseconds from one frame to the next (16.7 where nothing is late), while a large PDF among the attachments is opened, while a batch of letters is written to PDF, and from the trial run to the end of an import. The peer is the same window at rest for ${idleMs / 1000} s.`,
  run: async () => {
    const missing =
      findBrowser() === undefined
        ? 'no Chromium, Chrome or Edge was found'
        : buildIfNeeded()
          ? undefined
          : 'the window could not be built'
    if (missing === undefined) return measured()
    console.warn(`not measured: frames, because ${missing}`)
    return [{ what: 'not measured', value: 0, unit: 'ms', note: missing }]
  },
}
export default measurement
