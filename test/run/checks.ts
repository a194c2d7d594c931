// The steps of `npm run check`. Each is one program with a short answer; a step counts as one test in `npm test`.
import { existsSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { misplacedSqlIn } from '../tools/sql-only-in-store.ts'
import { type Finished, root, runTool } from './tools.ts'

interface Check {
  name: string
  run(): Promise<Finished>
}

export interface CheckResult {
  name: string
  ok: boolean
  ms: number
  output: string
}

/** Of each failed step; the rest is counted. */
const shownLines = 60

const rooms = ['electron', 'shared', 'renderer', 'test'].filter((room) => existsSync(join(root, room)))

export const checks: Check[] = [
  {
    name: 'format',
    run: async () => await runTool('oxfmt', 'oxfmt', ['--list-different']),
  },
  {
    name: 'lint',
    run: async () => await runTool('oxlint', 'oxlint', ['--format', 'unix']),
  },
  {
    name: 'types',
    run: async () => {
      const finished = await runTool('typescript', 'tsc', ['-b', '--pretty', 'false'])
      removeStrayDeclarations()
      return finished
    },
  },
  {
    name: 'arrows',
    run: async () =>
      await runTool('dependency-cruiser', 'depcruise', [
        '--no-cache',
        '--config',
        'test/tools/dependency-cruiser.mjs',
        ...rooms,
        'oxlint.config.ts',
      ]),
  },
  {
    name: 'sql',
    run: async () => {
      const findings = misplacedSqlIn(root)
      return await Promise.resolve({ code: findings.length === 0 ? 0 : 1, output: findings.join('\n') })
    },
  },
  {
    name: 'unused',
    run: async () =>
      await runTool('knip', 'knip', ['-c', 'test/tools/knip.json', '--no-progress', '--no-config-hints']),
  },
]

/** An import out of its room makes tsc write that file's declarations beside its source: an error, but no litter. */
function removeStrayDeclarations(): void {
  for (const file of globSync('{electron,shared,renderer,test}/**/*.d.ts', { cwd: root })) {
    const source = join(root, file.replace(/\.d\.ts$/, '.ts'))
    if (!file.includes('node_modules') && (existsSync(source) || existsSync(`${source}x`)))
      rmSync(join(root, file))
  }
}

/** Runs the steps with the given names, or all, one after the other, and prints a line for each. */
export async function runChecks(names: string[] = []): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const start = performance.now()
    const { code, output } = await check.run()
    const result = { name: check.name, ok: code === 0, ms: performance.now() - start, output: output.trim() }
    console.log(
      `${result.ok ? 'ok    ' : 'FAILED'} ${check.name.padEnd(7)} ${(result.ms / 1000).toFixed(1)} s`,
    )
    if (!result.ok) console.log(indented(result.output))
    results.push(result)
  }
  return results
}

function indented(text: string): string {
  const lines = text.split('\n')
  const shown = lines.slice(0, shownLines).map((line) => `    ${line}`)
  return [
    ...shown,
    ...(lines.length > shownLines ? [`    … ${lines.length - shownLines} more lines`] : []),
  ].join('\n')
}
