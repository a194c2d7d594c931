// A thread for a renewal of keys: a copy of a compartment file under a new key, checked before anybody relies on it. The live
// file is only read: rewriting one in place would leave it half under either key after a crash.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { type ErrorCode, GuicangError } from '../../../shared/errors.ts'
import { copyUnderNewKey } from '../store/driver.ts'
import { translateError } from '../store/sqlite-errors.ts'

const request = z
  .strictObject({ path: z.string(), key: z.string(), newKey: z.string(), target: z.string() })
  .parse(workerData)

function copy(): { ok: true } | { code: ErrorCode } {
  try {
    copyUnderNewKey(request)
    return { ok: true }
  } catch (thrown) {
    const translated = translateError(thrown)
    return { code: translated instanceof GuicangError ? translated.code : 'internal' }
  }
}

parentPort?.postMessage(copy())
