// Writes a BagIt 1.0 bag (RFC 8493). Nothing half done ever stands under the final name: the work happens in a private
// sibling folder that is renamed when everything is on the disk.
import { mkdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { portablePath } from './bag-paths.ts'
import { publish, refuseTaken } from './bag-folder.ts'
import { sealBag, type BagFinish, type BagSealed } from './bag-seal.ts'
import { asOutputError, throwIfCancelled } from './output-error.ts'
import { bagDraftStem, draftPath, removeStaleDrafts } from '../drafts.ts'

export type { BagFinish, BagSealed }

export interface BagDraft {
  /**
   * Where to write a payload file: an absolute path under `data/` of the private folder, its parent folders made.
   * @param relative path under `data/`, `/` between parts; it is brought into NFC
   * @throws GuicangError `input.invalid` (field `path`): not portable (see portablePath) or, rule `collision`, another
   *   file's name but for upper and lower case
   */
  payloadPath(relative: string): string
  /**
   * Checks the payload against what was expected, writes tag files, manifests and signature, flushes everything and gives
   * the bag its name. On any failure the draft is removed, as by abort.
   * @throws GuicangError `export.countMismatch` (a file too many or too few, or another number of rows), `input.invalid`
   *   (a tag file's name), `file.exists` (the name was taken meanwhile), `disk.full`, `job.cancelled`, `internal` (the
   *   signature doesn't fit the key)
   */
  finish(finish: BagFinish): Promise<BagSealed>
  /** Removes everything. Harmless after finish and when called twice. */
  abort(): Promise<void>
}

/**
 * Begins a bag that will stand at `outDir` once it is finished. What a killed process left of one is removed.
 * @param outDir a path that doesn't exist yet, or an empty folder; its parent must exist
 * @param draftName what the drafts of this and earlier tries have in common, where `outDir` is named anew each time
 * @throws GuicangError `file.exists` (there is something: also a file, a link, a folder with anything in it),
 *   `file.notFound` (no parent folder), `file.unreadable` (may not write there), `disk.full`
 */
export async function beginBag(outDir: string, draftName?: string): Promise<BagDraft> {
  const target = resolve(outDir)
  try {
    await refuseTaken(target)
    const stem = await bagDraftStem(target, draftName)
    await removeStaleDrafts(stem)
    const folder = draftPath(stem)
    await mkdir(folder, { mode: 0o700 })
    await mkdir(join(folder, 'data'))
    return draftIn(folder, join(dirname(stem), basename(target)))
  } catch (error) {
    throw asOutputError(error)
  }
}

function draftIn(folder: string, target: string): BagDraft {
  const namesByFold = new Map<string, string>()
  let open = true
  const abort = async (): Promise<void> => {
    if (!open) return
    open = false
    try {
      await rm(folder, { recursive: true, force: true })
    } catch (error) {
      throw asOutputError(error)
    }
  }
  return {
    payloadPath(relative) {
      if (!open) throw new GuicangError('internal')
      const path = portablePath(relative)
      const fold = path.toLowerCase()
      if ((namesByFold.get(fold) ?? path) !== path) {
        throw new GuicangError('input.invalid', { fields: [{ field: 'path', rule: 'collision' }] })
      }
      namesByFold.set(fold, path)
      const full = join(folder, 'data', path)
      try {
        mkdirSync(dirname(full), { recursive: true })
      } catch (error) {
        throw asOutputError(error)
      }
      return full
    },
    async finish(finish) {
      if (!open) throw new GuicangError('internal')
      try {
        const sealed = await sealBag(folder, finish)
        await finish.check?.(folder)
        throwIfCancelled(finish.signal)
        await publish(folder, target)
        open = false
        return sealed
      } catch (error) {
        // The first failure is the one to report; what can't be removed now stays private and named as partial.
        await abort().catch(() => undefined)
        throw asOutputError(error)
      }
    },
    abort,
  }
}
