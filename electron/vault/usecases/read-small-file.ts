// A file that a person hands over whole: bounded, so that nothing else than what is meant is ever in memory.
import { open } from 'node:fs/promises'
import { GuicangError } from '../../../shared/errors.ts'

/** Text of a regular file. @throws GuicangError `file.notFound`, `file.unreadable`, `file.tooLarge` beyond `mostBytes` */
export async function readFileWithin(path: string, mostBytes: number): Promise<string> {
  try {
    const file = await open(path, 'r')
    try {
      const found = await file.stat()
      if (!found.isFile()) throw new GuicangError('file.unreadable')
      if (found.size > mostBytes) throw new GuicangError('file.tooLarge')
      return await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch (thrown) {
    if (thrown instanceof GuicangError) throw thrown
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    throw new GuicangError(missing ? 'file.notFound' : 'file.unreadable', { cause: thrown })
  }
}
