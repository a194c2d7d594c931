// kill -9 at random moments of every writing operation, the folder moved or copied elsewhere before it is opened again in
// half of the trials: what was acknowledged is there, of the rest all or nothing, and everything agrees with everything.
import { cpSync, existsSync, readdirSync, renameSync, rmSync, watch } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createVault } from '../../electron/vault/usecases/create-vault.ts'
import { freshPath, passphrase } from '../support/vault.ts'
import { type Aftermath, aftermathOf, pictureBefore } from './support/aftermath.ts'
import { operations, type Place, placeAt, placeFor, type WritingOperation } from './support/operations.ts'
import type { Picture } from './support/picture.ts'
import { dice, type Dice, oneOf, publish, Tally, trials } from './support/settings.ts'
import { startVaultProcess, unlockIn, type VaultAtWork } from './support/vault-at-work.ts'

const inAll = trials({ short: 48, long: 504 })
const each = Math.ceil(inAll / operations.length)
const tallies: [string, Tally][] = []

afterAll(() => {
  publish(
    'kill -9',
    `The vault process is killed at a random moment of a writing operation: half of the moments are spread over its whole duration, half over the part from its first write on. In half of the trials the folder is moved or copied elsewhere before it is opened again. "before" and "after" say what was found; "acknowledged" were answered before the kill and had to be there.`,
    tallies,
  )
})

interface Durations {
  /** From the request to its answer, milliseconds. */
  whole: number
  /** From the first change in the folder to the answer. */
  writing: number
}

/** Watches for the first change of a file in the trial's folder, or in the vault. */
function firstChange(place: Place): { at: () => number | undefined; stop: () => void } {
  let at: number | undefined
  const seen = (): void => {
    at ??= performance.now()
  }
  const watchers = [watch(place.root, seen), ...(existsSync(place.vault) ? [watch(place.vault, seen)] : [])]
  return {
    at: () => at,
    stop: () => {
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Runs the operation to its end, once: how long it takes, and that its end is what the table says. */
async function measure(
  operation: WritingOperation,
): Promise<{ durations: Durations; before: Picture | undefined }> {
  const place = await placeFor(operation)
  const before = await pictureBefore(place)
  const process = await startVaultProcess()
  if (before !== undefined && operation.unopened !== true) await unlockIn(process, place.vault, passphrase)
  const change = firstChange(place)
  const started = performance.now()
  const result = await operation.run(process.client, place)
  const ended = performance.now()
  change.stop()
  process.kill()
  await process.gone
  expect(result.ok ? 'ok' : result.error.code).toBe('ok')
  expect(await aftermathOf(operation, place, before)).toEqual({ outcome: 'after', faults: [] })
  rmSync(place.root, { recursive: true })
  return { durations: { whole: ended - started, writing: ended - (change.at() ?? started) }, before }
}

type How = 'in place' | 'moved' | 'copied'

/** The folder somewhere else, as a stick with another drive letter or a copy on another disk. */
function moveAway(place: Place, how: How): Place {
  if (how === 'in place') return place
  const elsewhere = placeAt(freshPath('elsewhere'))
  if (how === 'moved') renameSync(place.root, elsewhere.root)
  else {
    cpSync(place.root, elsewhere.root, { recursive: true })
    rmSync(place.root, { recursive: true })
  }
  return elsewhere
}

/** A folder of a trial's own, and a process with the vault in it open. */
interface Ready {
  place: Place
  process: VaultAtWork
}

async function ready(operation: WritingOperation): Promise<Ready> {
  const place = await placeFor(operation)
  const process = await startVaultProcess()
  if (existsSync(place.vault) && operation.unopened !== true) await unlockIn(process, place.vault, passphrase)
  return { place, process }
}

/** Runs the operation and kills the process when it is time. Answers the code that was answered, `ok` for one that it has done. */
async function killDuring(
  operation: WritingOperation,
  { place, process }: Ready,
  { fromFirstWrite, after }: { fromFirstWrite: boolean; after: number },
): Promise<{ code: string; killedAt: number }> {
  const change = firstChange(place)
  const started = performance.now()
  let code = ''
  const answer = operation
    .run(process.client, place)
    .then((result) => {
      code = result.ok ? 'ok' : result.error.code
    })
    .catch((thrown: unknown) => {
      code = String(thrown)
    })
  const due = (): boolean => {
    const from = fromFirstWrite ? change.at() : started
    return from !== undefined && performance.now() - from >= after
  }
  // By turns of the loop rather than by a timer: those of a whole millisecond are too coarse for a commit.
  while (code === '' && !due()) await setImmediate()
  process.kill()
  const killedAt = performance.now() - started
  await process.gone
  await answer
  change.stop()
  return { code, killedAt }
}

async function trial(
  operation: WritingOperation,
  begun: Ready,
  durations: Durations,
  random: Dice,
): Promise<{ moment: string; code: string; place: Place; how: How }> {
  const fromFirstWrite = random.next() < 0.5
  // Towards the end, where the commits are.
  const after = random.next() ** 0.6 * 1.1 * (fromFirstWrite ? durations.writing : durations.whole)
  const how = random.next() < 0.5 ? 'in place' : oneOf(['moved', 'copied'] as const, random)
  const { code, killedAt } = await killDuring(operation, begun, { fromFirstWrite, after })
  const moment = `${after.toFixed(1)} ms after the ${fromFirstWrite ? 'first write' : 'request'}, killed at ${killedAt.toFixed(1)} ms`
  return { moment, code, place: moveAway(begun.place, how), how }
}

async function faultsAfter(
  operation: WritingOperation,
  place: Place,
  code: string,
  before: Picture | undefined,
): Promise<Aftermath> {
  const { outcome, faults } = await aftermathOf(operation, place, before)
  if (code === 'ok' && outcome !== 'after') faults.push(`acknowledged, but found ${outcome}`)
  if (code !== 'ok' && !code.includes('process.gone')) faults.push(`answered ${code}`)
  if (before === undefined && outcome === 'before') faults.push(...(await createAgain(place)))
  return { outcome, faults }
}

/** Where a creation was cut short, the same can be created; what was left of the first try goes. */
async function createAgain(place: Place): Promise<string[]> {
  const company = { name: '示例商贸有限公司', creditCode: '', address: '', timeZone: 'Asia/Shanghai' }
  const vaultId = '0190a0b0-0000-7000-8000-000000000001'
  await createVault(
    { path: place.vault, vaultId, company, owner: '林晓', passphrase, workFactor: 10 },
    new Date(),
  )
  const left = readdirSync(place.root)
  return left.length === 1 ? [] : [`left behind: ${left.join(', ')}`]
}

test.each(operations.map((operation) => [operation.name, operation] as const))(
  'kill -9 during: %s',
  async (name, operation) => {
    const tally = new Tally()
    tallies.push([name, tally])
    const random = dice(`kill ${name}`)
    const { durations, before } = await measure(operation)
    const faults: string[] = []
    let next = ready(operation)
    for (let number = 1; number <= each; number += 1) {
      const { moment, code, place, how } = await trial(operation, await next, durations, random)
      // The next process starts while this one's vault is looked at.
      if (number < each) next = ready(operation)
      const found = await faultsAfter(operation, place, code, before)
      rmSync(place.root, { recursive: true })
      tally.add('trials')
      tally.add(found.outcome)
      if (code === 'ok') tally.add('acknowledged')
      tally.add(how)
      if (found.faults.length > 0)
        faults.push(`trial ${number} (${moment}, ${how}): ${found.faults.join('; ')}`)
    }
    expect(faults).toEqual([])
  },
  20 * 60_000,
)
