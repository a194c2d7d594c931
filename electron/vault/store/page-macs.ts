// Holds every page of a compartment file against its own authentication code, as SQLCipher 4 writes it. SQLite's check reads
// the pages that are in use; damage in one that is free at the moment would be found only when the page is needed.
import { createHmac, createSecretKey, type KeyObject, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const pageBytes = 4096
const saltBytes = 16
const macBytes = 64
/** The page at 1 GiB is where SQLite's locks are taken: nothing is ever written there. */
const lockPage = 2 ** 30 / pageBytes + 1
/** Pages that are read in one go. */
const pagesAtOnce = 256
/** More lines than this say nothing new. */
const mostLines = 100

/** SQLCipher's key of the page codes: from the raw key and the file's salt, every byte of it turned by 0x3a. */
function macKey(keyHex: string, salt: Buffer): KeyObject {
  const turned = salt.map((byte) => byte ^ 0x3a)
  return createSecretKey(pbkdf2Sync(Buffer.from(keyHex, 'hex'), turned, 2, 32, 'sha512'))
}

function isWhole(key: KeyObject, page: Buffer, number: number): boolean {
  const end = pageBytes - macBytes
  const counter = Buffer.alloc(4)
  counter.writeUInt32LE(number)
  const start = number === 1 ? saltBytes : 0
  const mac = createHmac('sha512', key).update(page.subarray(start, end)).update(counter).digest()
  // A page that was made room for and never written is all zeros; SQLCipher takes it for an empty one, and so do we.
  return timingSafeEqual(mac, page.subarray(end)) || page.every((byte) => byte === 0)
}

/**
 * Reads every page of a compartment file that nobody writes to meanwhile (its caller holds a read transaction).
 * @param keyHex 64 hex digits
 * @param pages how many pages the file says that it has
 * @returns a line for each page that isn't the one that was written, and one where the file is longer or shorter than it
 * says; none when it is whole
 */
export function pageFaults(path: string, keyHex: string, pages: number): string[] {
  const file = openSync(path, 'r')
  try {
    const lines: string[] = []
    const { size } = fstatSync(file)
    if (size !== pages * pageBytes) lines.push(`${size} bytes where ${pages} pages should be`)
    const chunk = Buffer.alloc(pagesAtOnce * pageBytes)
    let key: KeyObject | undefined
    for (let first = 1; first <= pages && lines.length < mostLines; first += pagesAtOnce) {
      const read = readSync(file, chunk, 0, chunk.length, (first - 1) * pageBytes)
      key ??= macKey(keyHex, chunk.subarray(0, saltBytes))
      for (let at = 0; at + pageBytes <= read; at += pageBytes) {
        const number = first + at / pageBytes
        const page = chunk.subarray(at, at + pageBytes)
        if (number !== lockPage && !isWhole(key, page, number))
          lines.push(`page ${number} is not as it was written`)
      }
    }
    return lines.slice(0, mostLines)
  } finally {
    closeSync(file)
  }
}
