// `npm run test:faults [-- name …]`: the long run of the trials of this folder, one after the other. It ends with the counts of
// what was tried; a whole run that found nothing writes them to RESULTS.md.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { runTool } from '../run/tools.ts'

const folder = import.meta.dirname
const wanted = process.argv.slice(2)
const limit = process.env['GUICANG_FAULTS_TRIALS']
const reports = mkdtempSync(join(tmpdir(), 'guicang-faults-'))

const reportSchema = z.strictObject({
  title: z.string(),
  about: z.string(),
  seed: z.number(),
  lines: z.array(z.strictObject({ what: z.string(), counts: z.record(z.string(), z.number()) })),
})

function section({ title, about, seed, lines }: z.infer<typeof reportSchema>): string {
  const rows = lines.map(({ what, counts }) => {
    const { trials = 0, ...rest } = counts
    const told = Object.entries(rest).map(([name, count]) => `${count} ${name}`)
    return `| ${what} | ${trials} | ${told.join(', ')} |`
  })
  const sum = lines.reduce((total, { counts }) => total + (counts['trials'] ?? 0), 0)
  const head = ['| what | trials | of these |', '| --- | ---: | --- |']
  return [`## ${title}`, '', about, '', ...head, ...rows, `| all | ${sum} | seed ${seed} |`, ''].join('\n')
}

const load = loadavg()[0] ?? 0
const started = performance.now()
try {
  const files = wanted.length === 0 ? ['test/faults'] : wanted.map((name) => `test/faults/${name}.test.ts`)
  const { code } = await runTool('vitest', 'vitest', ['run', '--config', 'test/vitest.config.ts', ...files], {
    env: { ...process.env, GUICANG_FAULTS: 'long', GUICANG_FAULTS_REPORTS: reports },
    show: true,
  })
  process.exitCode = code
  const minutes = ((performance.now() - started) / 60_000).toFixed(0)
  const sections = readdirSync(reports)
    .sort()
    .map((file) => section(reportSchema.parse(JSON.parse(readFileSync(join(reports, file), 'utf8')))))
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`
  const head = [
    '# Faults',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine}; ${minutes} minutes, load ${load.toFixed(1)} before the run.${limit === undefined ? '' : ` Trials of a kind limited to ${limit}.`}`,
    '',
    'Written by `npm run test:faults` when nothing was found. The same seed tries the same operations, places and bits; what a kill hits depends on the machine as well.',
  ]
  const text = [...head, '', ...sections].join('\n')
  console.log(`\n${text}`)
  if (code === 0 && wanted.length === 0) writeFileSync(join(folder, 'RESULTS.md'), text)
} finally {
  rmSync(reports, { recursive: true, force: true })
}
