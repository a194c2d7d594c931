// Where an error arose, for developers who set GUICANG_DEBUG; everybody else is told a code.
import { GuicangError } from '../../shared/errors.ts'

/**
 * Prints an error's class and the frames of its stack. Never its message, which may hold SQL, a path or a customer's value.
 * @param ref what the person was told, or what was going on behind them
 */
export function trace(ref: string, thrown: unknown): void {
  if (process.env['GUICANG_DEBUG'] !== '1' || !(thrown instanceof Error)) return
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const name = thrown instanceof GuicangError ? thrown.code : thrown.constructor.name
  process.stderr.write(`${ref} ${name}\n${frames.join('\n')}\n`)
}
