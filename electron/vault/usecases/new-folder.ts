// A vault's folder comes into being whole: built beside its place under a name of its own, and moved there at the end.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { draftPath, removeStaleDrafts } from '../../exchange/drafts.ts'
import { translateError } from '../store/sqlite-errors.ts'

/**
 * Has `fill` build a folder, and gives it its name. What a killed process left of the same try is removed; what failed
 * leaves nothing.
 * @param doing what is being done, in one word, for the draft's name
 * @throws GuicangError `vault.exists` when the folder exists and isn't empty, `vault.notFound` when its parent doesn't,
 * `disk.full`, `vault.readOnly`, `vault.unreadable`, and what `fill` throws
 */
export async function buildVaultFolder<T>(
  path: string,
  doing: string,
  fill: (draft: string) => Promise<T>,
): Promise<T> {
  const target = resolve(path)
  await requireFree(target)
  const stem = join(dirname(target), `.${basename(target)}.${doing}`)
  await removeStaleDrafts(stem)
  const draft = draftPath(stem)
  try {
    await mkdir(draft, { mode: 0o700 })
    const answer = await fill(draft)
    if (existsSync(target)) await rmdir(target)
    await rename(draft, target)
    return answer
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    throw translateCreation(thrown)
  }
}

function translateCreation(thrown: unknown): unknown {
  if (thrown instanceof GuicangError) return thrown
  const translated = translateError(thrown, 'folder')
  if (translated instanceof GuicangError && translated.code === 'vault.incomplete')
    return new GuicangError('vault.notFound', { cause: thrown })
  // A folder that can be seen but not written: the person can choose another place.
  if (translated instanceof GuicangError && translated.code === 'vault.unreadable')
    return new GuicangError('vault.readOnly', { cause: thrown })
  return translated
}

async function requireFree(target: string): Promise<void> {
  if (!existsSync(target)) return
  if (!(await stat(target)).isDirectory() || (await readdir(target)).length > 0)
    throw new GuicangError('vault.exists')
}
