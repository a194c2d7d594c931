// A thread for what can't be sliced or interrupted: SQLite's own check of a whole file, on a connection of its own, while
// the vault process goes on answering. The key doesn't leave the process.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { checkFile } from '../store/check-file.ts'
import { openDatabase } from '../store/driver.ts'
import { translateError } from '../store/sqlite-errors.ts'

const { path, key } = z.strictObject({ path: z.string(), key: z.string() }).parse(workerData)

function check(): { lines: string[] } | { busy: true } {
  try {
    const db = openDatabase(path, key, { readonly: true })
    try {
      return { lines: checkFile(db, path, key) }
    } finally {
      db.close()
    }
  } catch (thrown) {
    const translated = translateError(thrown)
    // Somebody else has the file: that says nothing about what is in it.
    if (translated instanceof GuicangError && translated.code === 'vault.busy') return { busy: true }
    return { lines: [translated instanceof GuicangError ? translated.code : 'the file could not be read'] }
  }
}

parentPort?.postMessage(check())
