// `npm run bench [-- name …]`: runs the measurements of this folder one after the other and prints a table of each.
// A whole run of the usual size also writes RESULTS.md; `--write` does so for any run. BENCH_ROWS=2000 makes it quick.
import { globSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Measurement, measurementSchema, type Row } from './measurement.ts'
import { removeSubjects } from './subjects.ts'

const folder = import.meta.dirname
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const whole = wanted.length === 0 && process.env['BENCH_ROWS'] === undefined
const write = whole || process.argv.includes('--write')

const files = globSync('*.bench.ts', { cwd: folder })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')))

function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 })
}

function table(measurement: Measurement, rows: Row[]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${measurement.title}`,
    '',
    measurement.about,
    '',
    line(['what', 'value', 'unit', 'note']),
    line(['---', '---:', '---', '---']),
    ...rows.map(({ what, value, unit, note }) => line([what, figure(value), unit, note ?? ''])),
    '',
  ].join('\n')
}

/** How busy the machine was with other things, as far as the load before the run tells. */
function company(load: number): string {
  return load > 0.5 * cpus().length
    ? `Other work ran on the machine (load ${load.toFixed(1)} before the run), so times are pessimistic and ratios rough.`
    : `The machine was otherwise idle (load ${load.toFixed(1)} before the run).`
}

const before = loadavg()[0] ?? 0
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`
const tables: string[] = []

console.log(machine)
if (files.length === 0) console.log('no measurement of that name in test/bench')
try {
  for (const file of files) {
    const loaded: unknown = await import(pathToFileURL(join(folder, file)).href)
    const { default: measurement } = measurementSchema.parse(loaded)
    const rows = await measurement.run()
    const text = table(measurement, rows)
    console.log(`\n${text}`)
    tables.push(text)
  }
} finally {
  await removeSubjects()
}

if (write && tables.length > 0) {
  const head = [
    '# Measured',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine}. ${company(before)}`,
    '',
    'Written by `npm run bench`. A ratio compares two things in the same run on the same machine; figures of different runs',
    'or machines should not be compared. All data are generated.',
  ]
  writeFileSync(join(folder, 'RESULTS.md'), `${[...head, '', ...tables].join('\n')}`)
}
