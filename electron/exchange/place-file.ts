// A new file of a person's own, a letter or a table of numbers: written whole beside its place first, then given its name, and never over anything that stands there.
import { lstat, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GuicangError } from '../../shared/errors.ts'
import { draftPath, letterDraftStem, removeStaleDrafts } from './drafts.ts'
import { asOutputError, errnoOf } from './export/output-error.ts'
import { dropDraft, giveName } from './give-name.ts'

export interface PlacedFile {
  /**
   * Gives the file its name. Where that fails nothing stands there.
   * @throws GuicangError `file.exists` when something came to stand there meanwhile; `file.notFound`, `file.unreadable`,
   * `disk.full`, `disk.failed`
   */
  publish(): Promise<void>
  /** Leaves nothing behind, where the disk lets it go. */
  abort(): Promise<void>
}

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
    await dropDraft(draft)
    throw asOutputError(thrown)
  }
  return {
    publish: async () => {
      try {
        await giveName(draft, out)
      } catch (thrown) {
        throw asOutputError(thrown)
      }
    },
    abort: () => dropDraft(draft),
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

async function refuseAnything(path: string): Promise<void> {
  try {
    await lstat(path)
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return
    throw thrown
  }
  throw new GuicangError('file.exists')
}
