// The packs and tables that count in a vault: those of this program and the vault's own, in its company's time zone.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GuicangError } from '../../../shared/errors.ts'
import {
  type ClockFile,
  clockFileSchema,
  type ClockPack,
  type ClockSettings,
  clockSettingsSchema,
} from '../../../shared/types/clock.ts'
import type { Counting } from '../../domain/clocks/count.ts'
import { type ClockBook, clockBook, noSettings } from '../../domain/clocks/packs.ts'
import { type Zone, zoneOf } from '../../domain/clocks/zone.ts'
import { sha256Hex } from '../audit/canonical.ts'
import type { VaultSession } from '../session.ts'
import type { RecordsStore } from '../store/store.ts'
import { readProfile } from './profile.ts'

const names = [
  'iso10002',
  'cn-market',
  'cn-bank',
  'pipl',
  'gbt35273',
  'cfpb',
  'fca',
  'gdpr',
  'workdays-cn',
] as const

/** Counts up whenever the replay reads the same history another way: due times of before are made anew then. */
const replayRules = 2

/** Under which name a vault's own packs, tables and choice stand in its settings. */
export const clockSetting = 'clocks'

let shippedFiles: { files: ClockFile[]; digest: string } | undefined

/** What comes with this program, read once. */
function shipped(): { files: ClockFile[]; digest: string } {
  if (shippedFiles !== undefined) return shippedFiles
  const texts = names.map((name) => readFileSync(packPath(`${name}.json`), 'utf8'))
  const files = texts.map((text) => clockFileSchema.parse(JSON.parse(text)))
  shippedFiles = { files, digest: sha256Hex(texts.join('\n')) }
  return shippedFiles
}

/** Path of a shipped pack, in the source tree or beside the built process. */
function packPath(name: string): string {
  const places = [
    '../../../resources/clock-packs/',
    '../resources/clock-packs/',
    '../../resources/clock-packs/',
  ]
  const found = places
    .map((place) => fileURLToPath(new URL(place + name, import.meta.url)))
    .find((path) => existsSync(path))
  if (found === undefined)
    throw new GuicangError('file.notFound', {
      fields: [{ field: 'resources/clock-packs', rule: 'missing', value: name }],
    })
  return found
}

export interface Clocks {
  book: ClockBook
  zone: Zone
  settings: ClockSettings
  /** Changes with everything that due times are made from besides the cases. */
  stamp: string
  countingOf(pack: ClockPack): Counting
}

/** @throws GuicangError `clocks.invalid` for settings under which nothing could be counted */
export function clocksWith(settings: ClockSettings, timeZone: string): Clocks {
  const { files, digest } = shipped()
  const book = clockBook(files, settings)
  const zone = zoneOf(timeZone)
  return {
    book,
    zone,
    settings,
    stamp: sha256Hex(JSON.stringify([digest, settings, timeZone, replayRules])),
    countingOf: (pack) => ({ zone, workdays: book.calendar(pack.calendar) }),
  }
}

export function readClockSettings({ settings }: Pick<RecordsStore, 'settings'>): ClockSettings {
  const value = settings.find(clockSetting)
  return value === undefined ? noSettings : clockSettingsSchema.parse(JSON.parse(value))
}

const kept = new WeakMap<VaultSession, { key: string; clocks: Clocks }>()

/** The clocks of an open vault, made anew only when its settings or its time zone have changed. */
export function clocksOf(session: VaultSession): Clocks {
  const { timeZone } = readProfile(session.store).company
  const key = `${timeZone}\n${session.store.records.settings.find(clockSetting) ?? ''}`
  const known = kept.get(session)
  if (known?.key === key) return known.clocks
  const clocks = clocksWith(readClockSettings(session.store.records), timeZone)
  kept.set(session, { key, clocks })
  return clocks
}

/** Which of packs and tables are the program's own. */
export function isShipped(kind: 'packs' | 'workdays', item: object): boolean {
  const text = JSON.stringify(item)
  return shipped().files.some((file) => file[kind].some((one) => JSON.stringify(one) === text))
}
