// `npm run bench [-- name …]`: runs the measurements of this folder one after the other and prints a table of each.
// With `--write` the tables also go into RESULTS.md, under the machine that they were taken on.
import { globSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Measurement, measurementSchema, type Row } from './measurement.ts'

const folder = import.meta.dirname
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const write = process.argv.includes('--write')

const files = globSync('*.bench.ts', { cwd: folder })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')))

function table(measurement: Measurement, rows: Row[]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${measurement.title}`,
    '',
    measurement.about,
    '',
    line(['what', 'value', 'unit', 'note']),
    line(['---', '---:', '---', '---']),
    ...rows.map(({ what, value, unit, note }) => line([what, value.toPrecision(3), unit, note ?? ''])),
    '',
  ].join('\n')
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`
const tables: string[] = []

console.log(machine)
if (files.length === 0) console.log('no measurement of that name in test/bench')
for (const file of files) {
  const loaded: unknown = await import(pathToFileURL(join(folder, file)).href)
  const { default: measurement } = measurementSchema.parse(loaded)
  const rows = await measurement.run()
  const text = table(measurement, rows)
  console.log(`\n${text}`)
  tables.push(text)
}

if (write && tables.length > 0) {
  writeFileSync(
    join(folder, 'RESULTS.md'),
    `# Measured\n\n${machine}. Ratios are within one run.\n\n${tables.join('\n')}`,
  )
}
