// What a vault process that was killed in the middle of a job leaves where the job was writing: a draft with clear values in it.
import { join } from 'node:path'
import { contract } from '../../shared/contract/index.ts'
import type { Result } from '../../shared/result.ts'
import {
  bagDraftStem,
  letterDraftStem,
  removeStaleDrafts,
  savedFileStem,
  tableDraftStem,
} from '../exchange/drafts.ts'
import type { VaultClient } from '../vault/process/client.ts'

export interface DraftsLeft {
  /** Asks the vault process; where that ends before it answers, what it was writing is removed first. */
  call(client: VaultClient, act: string, input: unknown, jobId?: string): Promise<Result<unknown>>
  /** Resolves when nothing is being written, and nothing is left to remove. */
  settled(): Promise<unknown>
}

export function draftsLeft(): DraftsLeft {
  const writing = new Set<Promise<unknown>>()
  return {
    call: (client, act, input, jobId) => {
      const answer = client.call(act, input, jobId)
      const stem = draftStemOf(act, input)
      if (stem === undefined) return answer
      const tidied = answer.then(async (result) => {
        if (!result.ok && result.error.code === 'process.gone') await removeDrafts(stem)
        return result
      })
      writing.add(tidied)
      void tidied.finally(() => writing.delete(tidied))
      return tidied
    },
    settled: () => Promise.allSettled(writing),
  }
}

/** What the drafts have in common that this request writes outside of the vault; undefined where it writes none. */
function draftStemOf(act: string, input: unknown): (() => Promise<string>) | undefined {
  if (act === 'exports.run') {
    const request = contract['exports.run'].input.safeParse(input)
    if (request.success) return () => bagDraftStem(request.data.out)
  }
  if (act === 'letters.render' || act === 'letters.copy' || act === 'stats.save') {
    const out = contract[act].input.safeParse(input).data?.out
    if (out !== undefined) return () => letterDraftStem(out)
  }
  if (act === 'letters.batch') {
    const folder = contract[act].input.safeParse(input).data?.folder
    if (folder !== undefined) return () => letterDraftStem(join(folder, 'letter'))
  }
  if (act === 'imports.run') {
    const rejectsPath = contract['imports.run'].input.safeParse(input).data?.rejectsPath
    if (rejectsPath !== undefined) return () => Promise.resolve(tableDraftStem(rejectsPath))
  }
  if (act === 'attachments.save') {
    const request = contract['attachments.save'].input.safeParse(input)
    if (request.success) return () => Promise.resolve(savedFileStem(request.data.out))
  }
  return undefined
}

/** Removes them; the process that wrote them has ended. What can't be removed is left to the next job that goes there. */
async function removeDrafts(stem: () => Promise<string>): Promise<void> {
  try {
    await removeStaleDrafts(await stem())
  } catch (thrown) {
    // The folder itself may be gone, with all that was in it.
    if (!(thrown instanceof Error)) throw thrown
  }
}
