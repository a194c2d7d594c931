// A finished draft gets its name: in one step, never over anything that stands there, and not at all where that can't be brought
// to its end.
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './export/bag-folder.ts'
import { errnoOf } from './export/output-error.ts'

/** File systems without hard links, such as a stick's. */
const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'])

/**
 * Gives a written and flushed draft the name `out`, and flushes that. Where it fails it is told as not written, and so nothing
 * stays at `out`; the draft is then the caller's to remove (see {@link dropDraft}).
 * @throws Node's own error: `EEXIST` where anything stands at `out`, also a link that leads nowhere
 */
export async function giveName(draft: string, out: string): Promise<void> {
  try {
    await link(draft, out)
  } catch (thrown) {
    if (!noLinks.has(errnoOf(thrown) ?? '')) throw thrown
    // The name is taken first, then given over: a rename alone would replace what came to stand there.
    const taken = await open(out, 'wx', 0o600)
    await taken.close()
    return orNothing(out, () => rename(draft, out))
  }
  await orNothing(out, () => rm(draft, { force: true }))
}

async function orNothing(out: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    await syncFolder(dirname(out))
  } catch (thrown) {
    await dropDraft(out)
    throw thrown
  }
}

/** Takes away what was not finished. What can't be removed stays, so that the first failure is the one that is told. */
export async function dropDraft(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (thrown) {
    if (errnoOf(thrown) === undefined) throw thrown
  }
}
