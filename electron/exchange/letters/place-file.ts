// A letter's file: written whole beside its place first, then given its name, and never over anything that stands there.
import { link, lstat, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { draftPath, letterDraftStem, removeStaleDrafts } from '../drafts.ts'
import { flushName } from '../export/bag-folder.ts'
import { asOutputError, errnoOf } from '../export/output-error.ts'

export interface PlacedFile {
  /** Gives the file its name. @throws GuicangError `file.exists` when something came to stand there meanwhile */
  publish(): Promise<void>
  /** Leaves nothing behind. */
  abort(): Promise<void>
}

/** File systems without hard links. */
const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'])

/**
 * Writes the bytes beside `out`, flushed, for this account alone.
 * @throws GuicangError `file.exists` where anything stands at `out`, also a link that leads nowhere; `file.notFound` for a
 * folder that isn't there; `file.unreadable`, `disk.full`
 */
export async function placeFile(out: string, bytes: Uint8Array): Promise<PlacedFile> {
  const draft = await draftFor(out)
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (thrown) {
    await rm(draft, { force: true })
    throw asOutputError(thrown)
  }
  return {
    publish: async () => {
      try {
        await give(draft, out)
        await flushName(out)
      } catch (thrown) {
        throw asOutputError(thrown)
      }
    },
    abort: () => rm(draft, { force: true }),
  }
}

/** A name for the draft, once the place is known to be free; what a killed process left of others goes. */
async function draftFor(out: string): Promise<string> {
  try {
    await refuseAnything(out)
    if (!(await stat(dirname(out))).isDirectory()) throw new GuicangError('file.notFound')
    const stem = await letterDraftStem(out)
    await removeStaleDrafts(stem)
    return draftPath(stem)
  } catch (thrown) {
    throw asOutputError(thrown)
  }
}

/** A link can't replace what stands there, a rename can: it is only taken where there are no links. */
async function give(draft: string, out: string): Promise<void> {
  try {
    await link(draft, out)
  } catch (thrown) {
    if (!noLinks.has(errnoOf(thrown) ?? '')) throw thrown
    await refuseAnything(out)
    await rename(draft, out)
    return
  }
  await rm(draft, { force: true })
}

async function refuseAnything(path: string): Promise<void> {
  try {
    await lstat(path)
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return
    throw thrown
  }
  throw new GuicangError('file.exists')
}
