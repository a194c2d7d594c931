// One folder's entries for the window's own chooser, where the host shows no dialogs.
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { GuicangError } from '../../shared/errors.ts'
import type { Output } from '../../shared/contract/index.ts'

type Listing = Output<'files.browse'>
const mostEntries = 2000

/** @throws GuicangError `file.notFound`, `file.unreadable` */
export async function browseFolder(folder: string | undefined): Promise<Listing> {
  const path = resolve(folder ?? homedir())
  if (!existsSync(path)) throw new GuicangError('file.notFound')
  const names = await namesIn(path)
  const entries = await Promise.all(names.slice(0, mostEntries).map((name) => entryOf(path, name)))
  const parent = dirname(path)
  return {
    folder: path,
    parent: parent === path ? null : parent,
    entries: entries.filter((entry) => entry !== undefined).toSorted(byKindAndName),
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).filter((name) => !name.startsWith('.'))
  } catch (thrown) {
    throw new GuicangError('file.unreadable', { cause: thrown })
  }
}

type Entry = Listing['entries'][number]

async function entryOf(folder: string, name: string): Promise<Entry | undefined> {
  const path = join(folder, name)
  // A link that leads nowhere is no entry.
  if (!existsSync(path)) return undefined
  const isFolder = (await stat(path)).isDirectory()
  return { name, path, kind: isFolder ? folderKind(path) : 'file' }
}

function folderKind(path: string): Entry['kind'] {
  if (existsSync(join(path, 'vault.json'))) return 'vault'
  return existsSync(join(path, 'bagit.txt')) ? 'bag' : 'folder'
}

function byKindAndName(a: Entry, b: Entry): number {
  if ((a.kind === 'file') !== (b.kind === 'file')) return a.kind === 'file' ? 1 : -1
  return a.name.localeCompare(b.name)
}
