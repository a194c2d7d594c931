// The content of a preview as it comes: a small one at once, a large one part by part, so that the window goes on answering.
import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { AppError, ErrorCode } from '../../../shared/errors.ts'
import { previewPartBytes } from '../../../shared/types/attachment.ts'
import { call, toAppError } from '../../api/client.ts'
import { bytesOf } from '../../lib/base64.ts'

export type Preview = Output<'attachments.preview'>
type Content = Preview['content']
type InParts = Exclude<Content, { kind: 'text' }>

/** A content that has come whole. */
export type Whole =
  | { kind: 'image'; base64: string }
  | { kind: 'pdf'; bytes: Uint8Array<ArrayBuffer> }
  | Extract<Content, { kind: 'text' }>

/** What has come so far, in bytes; in the end all of it, or why it didn't come. */
type Coming =
  | { state: 'coming'; come: number }
  | { state: 'whole'; whole: Whole }
  | { state: 'failed'; error: AppError }

/** Closes what was open, as the call that they refuse would have. */
const closedAnyway: ReadonlySet<ErrorCode> = new Set(['vault.locked', 'process.gone'])

/** Tells the vault that nobody wants the rest. */
export async function letGo({ content }: Preview): Promise<void> {
  if (content.kind === 'text' || content.rest === null) return
  try {
    await call('attachments.closePreview', { preview: content.rest })
  } catch (thrown) {
    if (!closedAnyway.has(toAppError(thrown).code)) throw thrown
  }
}

/** Puts parts together, in the form that their kind is shown from. */
interface Gathering {
  /** @param at where the part begins, in bytes */
  take: (base64: string, at: number) => void
  whole: () => Whole
  /** Lets go of what has come. */
  drop: () => void
}

function gather(kind: InParts['kind'], size: number): Gathering {
  if (kind === 'image') {
    const parts: string[] = []
    return {
      take: (base64) => parts.push(base64),
      whole: () => ({ kind, base64: parts.join('') }),
      drop: () => parts.splice(0),
    }
  }
  const bytes = new Uint8Array(size)
  return {
    take: (base64, at) => bytes.set(bytesOf(base64), at),
    whole: () => ({ kind, bytes }),
    drop: () => bytes.fill(0),
  }
}

function begun({ content, size }: Preview): Coming {
  if (content.kind === 'text') return { state: 'whole', whole: content }
  if (content.rest !== null) return { state: 'coming', come: previewPartBytes }
  const gathering = gather(content.kind, size)
  gathering.take(content.base64, 0)
  return { state: 'whole', whole: gathering.whole() }
}

/** Asks for one part after the other until the preview is whole; whoever leaves meanwhile closes it. */
export function usePreviewParts(preview: Preview): Coming {
  const [coming, setComing] = useState<Coming>(() => begun(preview))
  useEffect(() => {
    const { content, size } = preview
    if (content.kind === 'text' || content.rest === null) return
    const { base64, kind, rest } = content
    const gathering = gather(kind, size)
    let ended = false
    const run = async (): Promise<void> => {
      for (let come = previewPartBytes; come < size; come += previewPartBytes) {
        const part = await call('attachments.previewPart', { preview: rest, from: come })
        if (ended) return
        gathering.take(part.base64, come)
        setComing({ state: 'coming', come: Math.min(come + previewPartBytes, size) })
      }
      ended = true
      setComing({ state: 'whole', whole: gathering.whole() })
    }
    const fail = (thrown: unknown): void => {
      if (ended) return
      ended = true
      gathering.drop()
      setComing({ state: 'failed', error: toAppError(thrown) })
    }
    gathering.take(base64, 0)
    run().catch(fail)
    return () => {
      if (ended) return
      ended = true
      gathering.drop()
      void letGo(preview)
    }
  }, [preview])
  return coming
}
