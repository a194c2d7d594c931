// Where a sample vault lies while it is open: in the temporary folder, gone with its session. Nobody has its passphrase.
import { mkdtemp, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface SampleFolder {
  /** Makes the folder, and answers where in it the vault goes. */
  make(): Promise<string>
  /** Removes the vault at `path`, whose process has been told to end; and its folder, unless somebody saved something there. */
  remove(path: string): void
  /** Resolves when nothing is being removed. */
  settled(): Promise<unknown>
}

export function sampleFolder(): SampleFolder {
  const removing = new Set<Promise<void>>()
  return {
    make: async () => join(await mkdtemp(join(tmpdir(), 'guicang-sample-')), '示例商贸.vault'),
    remove: (path) => {
      const gone = removeVault(path)
      removing.add(gone)
      void gone.finally(() => removing.delete(gone))
    },
    settled: () => Promise.all(removing),
  }
}

/** A process that is just ending may still hold its files, on Windows, or write one more: tried again for some seconds. */
async function removeVault(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 })
    await rmdir(dirname(path))
  } catch (thrown) {
    // What a person saved beside it stays; made-up data that nobody can open any more is left to the system.
    if (!(thrown instanceof Error)) throw thrown
  }
}
