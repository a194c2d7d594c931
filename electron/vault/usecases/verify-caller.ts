// Who is calling: what they say is held against the vault, nothing of the vault is shown, and nobody can ask at will.
import { z } from 'zod'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import {
  type CallerScript,
  callerScriptSchema,
  defaultCallerScript,
} from '../../../shared/types/customer-work.ts'
import { answerFault, givenAnswers, type KnownCaller, matchAnswer, verdictOf } from '../../domain/caller.ts'
import { hidden } from '../../domain/masks/index.ts'
import { type Context, logAct } from '../session.ts'
import { type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { groupRows } from './customer-groups.ts'
import { customerPayload, transactionPayload } from './identity-payloads.ts'

const asked = 'customers.callerChecked'
const scriptSet = 'customers.callerScriptSet'

/** How often a caller may be checked within an hour: a guess at four digits would take a lifetime. */
const hourMs = 3_600_000
const mostOfCustomer = 5
const mostOfPerson = 30
/** More than all people of a vault can ask within an hour. */
const recentEntries = 2000

/** The script as it was last set; the log, which vouches for it, is where it stands. */
export function readCallerScript(context: Context): CallerScript {
  const [entry] = context.session.store.records.audit.listNewest(1, undefined, scriptSet)
  const parsed = callerScriptSchema.safeParse(entry?.detail)
  return parsed.success ? parsed.data : defaultCallerScript
}

/**
 * Sets the questions and how many of them must be answered right.
 * @throws GuicangError `input.invalid` for a script that nobody could pass
 */
export function setCallerScript(
  context: Context,
  script: Input<'customers.setCallerScript'>,
): Output<'customers.setCallerScript'> {
  const refuse = (field: string, rule: string): never => {
    throw new GuicangError('input.invalid', { fields: [{ field, rule }] })
  }
  if (new Set(script.questions).size !== script.questions.length) refuse('questions', 'twice')
  if (!script.strong.every((field) => script.questions.includes(field))) refuse('strong', 'notAsked')
  if (script.matches > script.questions.length) refuse('matches', 'tooMany')
  if (script.strongMatches > Math.min(script.strong.length, script.matches))
    refuse('strongMatches', 'tooMany')
  const { records } = context.session.store
  records.db.transaction(() => {
    logAct(context, scriptSet, '', { ...script })
  })()
  return readCallerScript(context)
}

/**
 * Holds a caller's answers against the vault.
 * @throws GuicangError `record.notFound`; `identities.closed`; `input.invalid` for no answer, one that isn't asked for, or one
 * that proves nothing (`lastFour`, `tooShort`, `shown`, `date`); `caller.tooMany` when this customer or this person has been
 * asked about too often within the hour
 */
export function verifyCaller(
  context: Context,
  { id, answers }: Input<'customers.verifyCaller'>,
): Output<'customers.verifyCaller'> {
  const { records } = context.session.store
  const identities = requireIdentities(context.session.store)
  const rows = groupRows(context, id)
  if (rows.length === 0) throw new GuicangError('record.notFound')
  const known: KnownCaller[] = rows.map((row) => ({
    fields: customerPayload(identities, row.identity_version).fields,
    maskedAddress: row.address,
  }))
  const script = readCallerScript(context)
  const given = givenAnswers(answers)
  if (given.length === 0)
    throw new GuicangError('input.invalid', { fields: [{ field: 'answers', rule: 'required' }] })
  const faults = given.flatMap((one) => {
    const rule = script.questions.includes(one.field) ? answerFault(one, known) : 'notAsked'
    return rule === undefined ? [] : [{ field: one.field, rule }]
  })
  if (faults.length > 0) throw new GuicangError('input.invalid', { fields: faults })
  const group = new Set(rows.map((row) => row.id))
  requireRoom(context, group)
  const numbers = given.some(({ field }) => field === 'orderNo')
    ? orderNumbers(context, identities, [...group])
    : []
  const items = given.map((one) => ({ field: one.field, match: matchAnswer(one, known, numbers) }))
  const verdict = verdictOf(items, script)
  const count = (wanted: boolean | 'unknown'): number => items.filter(({ match }) => match === wanted).length
  // Committed before the answer goes out: nobody asks without its being known.
  records.db.transaction(() => {
    logAct(context, asked, records.merges.rootOf(id), {
      // All who are one with the customer now: a merge doesn't begin a new count.
      group: [...group],
      fields: items.map(({ field }) => field),
      right: count(true),
      wrong: count(false),
      unknown: count('unknown'),
      verdict,
    })
  })()
  return { items, verdict }
}

const askedSchema = z.looseObject({ group: z.array(z.string()).default([]) })

/** @throws GuicangError `caller.tooMany` */
function requireRoom(context: Context, group: ReadonlySet<string>): void {
  const { session, now } = context
  const since = now().getTime() - hourMs
  const recent = session.store.records.audit
    .listNewest(recentEntries, undefined, asked)
    .filter(({ at }) => Date.parse(at) > since)
  const ofCustomer = recent.filter(({ subject, detail }) =>
    [subject, ...askedSchema.parse(detail).group].some((id) => group.has(id)),
  ).length
  const ofPerson = recent.filter(({ user }) => user === session.person.name).length
  if (ofCustomer >= mostOfCustomer)
    throw new GuicangError('caller.tooMany', { fields: [{ field: 'customer', rule: 'hour' }] })
  if (ofPerson >= mostOfPerson)
    throw new GuicangError('caller.tooMany', { fields: [{ field: 'person', rule: 'hour' }] })
}

/** Numbers of a customer's transactions, in clear where records hide them. */
function orderNumbers(context: Context, identities: IdentitiesStore, customerIds: string[]): string[] {
  const { transactions } = context.session.store.records
  return customerIds
    .flatMap((id) => transactions.ofCustomer(id))
    .map((row) =>
      row.transaction_no === hidden
        ? transactionPayload(identities, row.identity_version).fields.transactionNo
        : row.transaction_no,
    )
}
