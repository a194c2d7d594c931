// guicang <group> <verb> …: exit 0 done, 1 refused or damage found, 2 wrong usage.
import { failure } from '../../shared/result.ts'
import { ForwardedError, newRef } from '../gate/boundary.ts'
import { hardenProcess } from '../vault/process/harden.ts'
import { readArgs, UsageError } from './args.ts'
import { attachmentVerbs, attachVerb } from './attachments.ts'
import { backupVerbs } from './backup.ts'
import { caseVerbs } from './cases.ts'
import { customerWorkVerbs } from './customer-work.ts'
import { demoVerb } from './demo.ts'
import { auditVerbs, bagVerbs, exportVerbs, importVerbs, piiVerbs } from './exchange.ts'
import { handoverVerbs, statsVerb } from './insight.ts'
import { clockVerbs, packVerbs, viewVerbs } from './clocks.ts'
import { fieldVerbs } from './fields.ts'
import { letterVerbs } from './letters.ts'
import { categoryVerbs } from './categories.ts'
import { createPrinter } from './output.ts'
import { deviceVerbs, keyVerbs, userVerbs } from './people.ts'
import { complaintVerbs, customerVerbs } from './records.ts'
import { transactionVerbs } from './transactions.ts'
import { vaultVerbs } from './vault.ts'
import { usageHead, usageWords } from './usage-words.ts'
import type { Verb } from './verb.ts'

const groups: Readonly<Record<string, Readonly<Record<string, Verb>>>> = {
  vault: { ...vaultVerbs, ...keyVerbs },
  users: userVerbs,
  device: deviceVerbs,
  import: importVerbs,
  customers: { ...customerVerbs, ...customerWorkVerbs },
  transactions: transactionVerbs,
  complaints: { ...complaintVerbs, ...caseVerbs, ...clockVerbs, attach: attachVerb },
  categories: categoryVerbs,
  clocks: packVerbs,
  views: viewVerbs,
  attachments: attachmentVerbs,
  letters: letterVerbs,
  fields: fieldVerbs,
  export: exportVerbs,
  bag: bagVerbs,
  audit: auditVerbs,
  backup: backupVerbs,
  pii: piiVerbs,
  handover: handoverVerbs,
}

/** Groups of one verb. */
const single: Readonly<Record<string, Verb>> = { stats: statsVerb, demo: demoVerb }

function usageText(): string {
  const verbs = Object.values(groups).flatMap((group) =>
    Object.values(group).map((verb) => `  ${verb.usage}`),
  )
  return [...usageHead(), '', ...verbs, ...Object.values(single).map((verb) => `  ${verb.usage}`)].join('\n')
}

function findVerb(argv: readonly string[]): { verb: Verb; rest: readonly string[] } {
  const [group = '', name = '', ...rest] = argv
  const only = Object.hasOwn(single, group) ? single[group] : undefined
  if (only !== undefined) return { verb: only, rest: argv.slice(1) }
  const verbs = Object.hasOwn(groups, group) ? groups[group] : undefined
  const verb = verbs !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb === undefined)
    throw new UsageError(
      group === '' ? usageWords().noVerb : usageWords().unknownVerb(`${group} ${name}`.trim()),
    )
  return { verb, rest }
}

async function run(argv: readonly string[]): Promise<number> {
  const printer = createPrinter(argv.includes('--json'))
  try {
    const { verb, rest } = findVerb(argv)
    const args = readArgs(rest, verb.options, verb.path)
    const { value, failed } = await verb.run(args, args.positional ?? '', printer.answer)
    if (value !== undefined) printer.answer(value)
    return failed === true ? 1 : 0
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      process.stderr.write(`${thrown.message}\n\n${usageText()}\n`)
      return 2
    }
    const ref = thrown instanceof ForwardedError ? thrown.ref : newRef()
    printer.refusal(failure(thrown, ref).error)
    return 1
  }
}

hardenProcess()
process.exitCode = await run(process.argv.slice(2))
