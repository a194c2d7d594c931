// guicang demo: the whole job on made-up data, through the same gate and the same use cases as the window.
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GuicangError } from '../../shared/errors.ts'
import { failure } from '../../shared/result.ts'
import { ForwardedError, newRef } from '../gate/boundary.ts'
import { connect } from './connection.ts'
import { bad, good, heading, indented, labelled, quiet, strong } from './demo-layout.ts'
import { proofSteps } from './demo-proof.ts'
import { recordSteps } from './demo-records.ts'
import { clearValuesOf } from './demo-scan.ts'
import { type Outcome, placesIn, samplePath, type Step, type Tour } from './demo-tour.ts'
import { demoWords, headings, type StepName } from './demo-words.ts'
import { errorText } from './words.ts'
import type { Verb } from './verb.ts'

const steps: readonly Step[] = [...recordSteps, ...proofSteps]

/** About 99 random bits in groups that can be read aloud. */
function randomPassphrase(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from({ length: 20 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return (letters.match(/.{5}/g) ?? []).join('-')
}

/** @throws GuicangError `vault.exists` when an earlier tour stands there, `file.unreadable` */
function makeFolder(keep: string | undefined): string {
  try {
    if (keep === undefined) return mkdtempSync(join(tmpdir(), 'guicang-demo-'))
    const folder = resolve(keep)
    if (existsSync(placesIn(folder).vault) || existsSync(placesIn(folder).bag))
      throw new GuicangError('vault.exists')
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (thrown) {
    if (thrown instanceof GuicangError) throw thrown
    throw new GuicangError('file.unreadable', { cause: thrown })
  }
}

type Told = { step: StepName; ok: boolean } & Outcome['facts']

interface Screen {
  begin(): void
  show(number: number, step: Step, outcome: Outcome): void
  failed(number: number, step: Step, thrown: unknown): void
  end(tour: Tour, verified: boolean, startedAt: number): void
}

const silent: Screen = {
  begin: () => undefined,
  show: () => undefined,
  failed: () => undefined,
  end: () => undefined,
}

function terminal(tour: Tour): Screen {
  const { words } = tour
  const print = (lines: readonly string[]): void => {
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  return {
    begin: () => {
      print([strong('归藏 Guicang'), ...indented([words.intro]), ...indented([words.working]).map(quiet)])
    },
    show: (number, { name }, { ok, say }) => {
      const lines = say.flatMap((part) => (typeof part === 'string' ? indented([part]) : part))
      // The first thing to look at is the masked table: that there is a vault is one line above it.
      print([
        ...(number === 0 ? [] : [heading(number, headings[name])]),
        ...lines,
        ...(ok ? [] : indented([words.failed]).map(bad)),
      ])
    },
    failed: (number, { name }, thrown) => {
      const { error } = failure(thrown, thrown instanceof ForwardedError ? thrown.ref : newRef())
      const { what, next } = errorText(error)
      print([
        heading(number, headings[name]),
        ...indented([what, next, `(${error.code}, ${error.ref})`]).map(bad),
      ])
    },
    end: (ended, verified, startedAt) => {
      const { end } = words
      const elapsed = end.seconds(((performance.now() - startedAt) / 1000).toFixed(1))
      print([
        '',
        ...labelled(end.vault, 12, ended.vault),
        ...labelled(end.passphrase, 12, ended.passphrase),
        `  ${end.open}`,
        `    export GUICANG_PASSPHRASE=${ended.passphrase}`,
        `    npm run -s cli -- customers list '${ended.vault}'`,
        ...indented([end.remove]).map(quiet),
        '',
        verified ? `${good('verified')}  ${ended.vault}  ${quiet(elapsed)}` : bad(words.failed),
      ])
    },
  }
}

async function walk(tour: Tour, screen: Screen): Promise<{ told: Told[]; verified: boolean }> {
  const told: Told[] = []
  for (const [index, step] of steps.entries()) {
    try {
      const outcome = await step.run(tour)
      told.push({ step: step.name, ok: outcome.ok, ...outcome.facts })
      screen.show(index, step, outcome)
      if (!outcome.ok) return { told, verified: false }
    } catch (thrown) {
      const { error } = failure(thrown, newRef())
      told.push({ step: step.name, ok: false, code: error.code })
      screen.failed(index, step, thrown)
      return { told, verified: false }
    }
  }
  return { told, verified: true }
}

export const demoVerb: Verb = {
  usage: 'demo [--keep DIR]',
  options: { keep: { type: 'string' } },
  path: false,
  run: async (args) => {
    const startedAt = performance.now()
    const folder = makeFolder(args.text('keep'))
    // The tour's vault is nobody's: it stays out of the list of vaults that this person opened.
    const state = mkdtempSync(join(tmpdir(), 'guicang-demo-state-'))
    process.env['XDG_STATE_HOME'] = state
    process.once('exit', () => {
      rmSync(state, { recursive: true, force: true })
    })
    const connection = connect()
    const json = args.flag('json')
    const passphrase = randomPassphrase()
    const tour: Tour = {
      call: connection.call,
      words: demoWords(),
      ...placesIn(folder),
      clearValues: await clearValuesOf(samplePath('customers')),
      imported: new Map(),
      passphrase,
      newPassphrase: randomPassphrase(),
      recoveryCodes: [],
      revealed: '',
    }
    const screen = json ? silent : terminal(tour)
    try {
      screen.begin()
      const { told, verified } = await walk(tour, screen)
      screen.end(tour, verified, startedAt)
      const document = { path: tour.vault, steps: told, verified }
      return { value: json ? document : undefined, failed: !verified }
    } finally {
      await connection.close()
    }
  },
}
