// `npm run check [-- step …]`: format, lint, types, arrows, sql, unused.
import { checks, runChecks } from './checks.ts'

const names = process.argv.slice(2)
const unknown = names.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(
    `no such step: ${unknown.join(', ')} (there are ${checks.map(({ name }) => name).join(', ')})`,
  )
  process.exitCode = 2
} else {
  const results = await runChecks(names)
  if (results.some(({ ok }) => !ok)) process.exitCode = 1
}
