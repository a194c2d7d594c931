// Names of columns that no field takes. A table without a header has a person in its first row, so a name is a value like
// any other until the recognisers have seen it.
import { redact } from './redact.ts'

/** Extra columns as identities keep them. */
export interface ExtraColumns {
  /** Values by the name that records show. */
  extra: Record<string, string>
  /** The name as it stood in the file, by the name that records show; only where the two differ. */
  columns?: Record<string, string>
}

/** Every row of a file has the same names: they are redacted once. */
const redacted = new Map<string, string>()
const mostRemembered = 1000

function redactName(name: string): string {
  const known = redacted.get(name)
  if (known !== undefined) return known
  if (redacted.size >= mostRemembered) redacted.clear()
  const shown = redact(name, []).text
  redacted.set(name, shown)
  return shown
}

/**
 * Column names fit for records and the log, in the same order: redacted, and numbered (` (2)`) where redaction makes two
 * the same. A name in which nothing is found stays as it is.
 * @param names distinct, verbatim
 */
export function shownNames(names: readonly string[]): string[] {
  const shown = names.map(redactName)
  const taken = new Set(shown.filter((name, index) => name === names[index]))
  return shown.map((name, index) => {
    if (name === names[index]) return name
    let distinct = name
    for (let count = 2; taken.has(distinct); count += 1) distinct = `${name} (${count})`
    taken.add(distinct)
    return distinct
  })
}

/** Extra columns under the names that records show, with the names in the file beside them. */
export function keptColumns(extra: Readonly<Record<string, string>>): ExtraColumns {
  const names = Object.keys(extra)
  const shown = shownNames(names)
  const kept = names.map((name, index) => ({ name, shown: shown[index] ?? name }))
  const renamed = kept.filter((column) => column.name !== column.shown)
  return {
    extra: Object.fromEntries(kept.map((column) => [column.shown, extra[column.name] ?? ''])),
    ...(renamed.length === 0
      ? {}
      : { columns: Object.fromEntries(renamed.map((column) => [column.shown, column.name])) }),
  }
}

/** Extra columns under their names in the file: what {@link keptColumns} was given. */
export function columnsOfFile(kept: ExtraColumns): Record<string, string> {
  return Object.fromEntries(
    Object.entries(kept.extra).map(([shown, value]) => [fileName(kept, shown), value]),
  )
}

function fileName({ columns }: ExtraColumns, shown: string): string {
  return (columns !== undefined && Object.hasOwn(columns, shown) ? columns[shown] : undefined) ?? shown
}

/** The name under which records show a column, from that name or the one in the file; undefined where there is no such column. */
export function shownName(kept: ExtraColumns, name: string): string | undefined {
  if (Object.hasOwn(kept.extra, name)) return name
  return Object.keys(kept.extra).find((shown) => fileName(kept, shown) === name)
}

/** No column is ordinary until an owner says so. */
export const noColumns: ReadonlySet<string> = new Set()

/**
 * Extra columns as a row of records holds them: names, and values of the ordinary ones, as JSON (`["尺码",["颜色","蓝"]]`).
 * @param redacted what everybody may see of a value
 */
export function shownColumns(
  { extra }: ExtraColumns,
  ordinary: ReadonlySet<string>,
  redacted: (value: string) => string,
): string {
  return JSON.stringify(
    Object.entries(extra).map(([name, value]) => (ordinary.has(name) ? [name, redacted(value)] : name)),
  )
}
