// What the steps of the tour share.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { locales, type Texts } from '../../shared/locales/index.ts'
import type { Connection } from './connection.ts'
import type { DemoWords, StepName } from './demo-words.ts'

export interface Outcome {
  ok: boolean
  /** What `--json` tells of the step. */
  facts: Readonly<Record<string, string | number | boolean>>
  /** A sentence is wrapped and indented by whoever prints it; a list of lines stands as it is. */
  say: readonly (string | readonly string[])[]
}

export type SampleKind = 'customers' | 'complaints'

export interface Tour {
  readonly call: Connection['call']
  readonly words: DemoWords
  readonly vault: string
  readonly bag: string
  /** Clear names, numbers and addresses of the sample: no file of the vault may hold them. */
  readonly clearValues: ReadonlySet<string>
  readonly imported: Map<SampleKind, Output<'imports.run'>>
  passphrase: string
  readonly newPassphrase: string
  recoveryCodes: readonly string[]
  /** The one number that was shown. */
  revealed: string
}

export interface Step {
  name: StepName
  /** Asks the gate for what a person would ask, checks the answer and says what it saw. */
  run(tour: Tour): Promise<Outcome>
}

export function texts(tour: Tour): Texts {
  return locales[tour.words.locale]
}

export function samplePath(kind: SampleKind): string {
  return fileURLToPath(new URL(`../../resources/sample/${kind}.csv`, import.meta.url))
}

/** Where things stand in the tour's folder. */
export function placesIn(folder: string): { vault: string; bag: string } {
  return { vault: join(folder, '示例商贸.vault'), bag: join(folder, 'export') }
}

/** With what something was refused; undefined when it went through. Anything but a refusal is thrown on. */
export async function refusal(work: () => Promise<unknown>): Promise<GuicangError | undefined> {
  try {
    await work()
    return undefined
  } catch (thrown) {
    if (thrown instanceof GuicangError) return thrown
    throw thrown
  }
}
