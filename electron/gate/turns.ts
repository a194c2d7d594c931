// Acts that begin or change a session take turns: each sees what the one before it left. A lock doesn't wait for its turn;
// it makes every act that had begun give up at its next step, so that no vault opens behind a locked screen.
import { GuicangError } from '../../shared/errors.ts'

export interface Turns {
  /** Runs `work` after all that came before. `goOn` throws `vault.locked` when a lock has come in between. */
  take<T>(work: (goOn: () => void) => Promise<T>): Promise<T>
  interrupt(): void
  /** Has what comes next wait for the end of something that isn't a turn itself, well or not. */
  holdFor(work: Promise<unknown>): void
}

export function createTurns(): Turns {
  let generation = 0
  let tail: Promise<unknown> = Promise.resolve()
  return {
    take: (work) => {
      const mine = generation
      const goOn = (): void => {
        if (mine !== generation) throw new GuicangError('vault.locked')
      }
      const turn = tail.then(() => {
        goOn()
        return work(goOn)
      })
      // The next one waits for the end of this one, however it ends; its own caller hears of a failure.
      tail = turn.then(ignore, ignore)
      return turn
    },
    interrupt: () => {
      generation += 1
    },
    holdFor: (work) => {
      tail = Promise.allSettled([tail, work])
    },
  }
}

function ignore(): void {}
