// A second child for what can't be sliced or interrupted: SQLite's own check of a whole file. It may be killed at any time.
import { z } from 'zod'
import { openDatabase, quickCheck } from '../store/driver.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { GuicangError } from '../../../shared/errors.ts'

const requestSchema = z.strictObject({ path: z.string(), key: z.string() })

process.on('message', (message) => {
  const { path, key } = requestSchema.parse(message)
  let lines: string[]
  try {
    const db = openDatabase(path, key, { readonly: true })
    try {
      lines = quickCheck(db)
    } finally {
      db.close()
    }
  } catch (thrown) {
    const translated = translateError(thrown)
    lines = [translated instanceof GuicangError ? translated.code : 'the file could not be read']
  }
  process.send?.(lines, () => process.exit(0))
})
process.on('disconnect', () => process.exit(0))
