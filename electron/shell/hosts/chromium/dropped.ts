// Where a file that somebody dragged in lies on the disk. A page can't know that, and the browser tells it to its driver only.
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import { chromiumOrigin } from '../../security/origins.ts'

/** Under which names the bridge shows a file to the driver while it asks. */
const tokenSchema = z.string().regex(/^guicangFile(?:-\d{1,10}){4}$/)
const infoSchema = z.object({ path: z.string() })

/**
 * The path of the file that the page holds out under `token`; null for anything else, also for a file that the page made up.
 * Only the main frame of our own origin is answered.
 */
export async function droppedPath(
  context: BrowserContext,
  page: Page,
  source: { frame: { url(): string } },
  token: unknown,
): Promise<string | null> {
  const name = tokenSchema.safeParse(token)
  const ours = source.frame === page.mainFrame() && new URL(source.frame.url()).origin === chromiumOrigin
  if (!name.success || !ours) return null
  const session = await context.newCDPSession(page)
  try {
    const { result } = await session.send('Runtime.evaluate', {
      expression: `window[${JSON.stringify(name.data)}]`,
    })
    if (result.className !== 'File' || result.objectId === undefined) return null
    const { path } = infoSchema.parse(await session.send('DOM.getFileInfo', { objectId: result.objectId }))
    return path === '' ? null : path
  } finally {
    await session.detach()
  }
}
