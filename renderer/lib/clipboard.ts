// A clear value that was copied out, and its end. A hint to the system, not a promise: another program may have kept it.

let pending: ReturnType<typeof setTimeout> | undefined

/** Empties the clipboard after `ms`, or at the lock if that comes first. */
export function clearClipboardIn(ms: number): void {
  clearTimeout(pending)
  pending = setTimeout(clearCopied, ms)
}

/** Empties the clipboard now if a clear value was copied to it and still waits to be cleared. */
export function clearCopied(): void {
  if (pending === undefined) return
  clearTimeout(pending)
  pending = undefined
  navigator.clipboard.writeText('').catch(leaveIt)
}

/** The window isn't in front: what was copied is then the person's own to clear, as the text beside the button says. */
function leaveIt(_thrown: unknown): void {
  return undefined
}
