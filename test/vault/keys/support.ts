// Shared by the tests of keys: errors as short strings that tests can compare.
import { GuicangError } from '../../../shared/errors.ts'

/** `code field rule` of the error that a promise rejects with; the message of any other error; `accepted` for none. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'accepted'
  } catch (error) {
    return describe(error)
  }
}

/** The same for a function. */
export function refusalIn(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    return describe(error)
  }
}

/** The text with one character changed into another letter. */
export function changedCharacter(text: string, at: number): string {
  return text.slice(0, at) + (text.charAt(at) === 'q' ? 'p' : 'q') + text.slice(at + 1)
}

function describe(error: unknown): string {
  if (!(error instanceof GuicangError)) return `not a code: ${String(error)}`
  const [first] = error.fields ?? []
  return first === undefined ? error.code : `${error.code} ${first.field} ${first.rule}`
}
