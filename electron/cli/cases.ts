// guicang complaints set | note | timeline | link
import { z } from 'zod'
import {
  casePatchSchema,
  currencySchema,
  linkKindSchema,
  noteKindSchema,
  reliefKindSchema,
} from '../../shared/types/case.ts'
import { complaintStatusSchema } from '../../shared/types/complaint.ts'
import type { Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { complaintIdSchema } from '../../shared/types/ids.ts'
import { type Args, UsageError } from './args.ts'
import { type Connection, withVault } from './connection.ts'
import { parseInput } from './input.ts'
import { usageWords } from './usage-words.ts'
import type { Verb } from './verb.ts'

const idOption = { id: { type: 'string' } } as const

/** A complaint with everything about it in one flat document. */
export function flatCase({ complaint, case: facts, events, linked, nextStatuses }: Output<'complaints.get'>) {
  return { ...complaint, ...facts, linked, events, nextStatuses }
}

/** The options that name facts of a case, as a patch; a word that the field doesn't know is refused by its schema. */
function patchOf(args: Args): Record<string, unknown> {
  const texts = {
    category: args.text('category'),
    subcategory: args.text('subcategory'),
    severity: args.text('severity'),
    outcome: args.text('outcome'),
    outcomeKind: args.text('outcome-kind'),
    rootCause: args.text('root-cause'),
    closingReason: args.text('closing-reason'),
    clockPack: args.text('clock-pack'),
  }
  const satisfaction = args.number('satisfaction')
  const escalatedTo = args.text('escalate-to')
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    ...(satisfaction === undefined ? {} : { satisfaction }),
    ...reliefOf(args),
    ...(escalatedTo === undefined
      ? {}
      : {
          escalation: {
            to: escalatedTo,
            body: args.text('escalation-body') ?? '',
            reference: args.text('escalation-reference') ?? '',
          },
        }),
  }
}

/** `--amount` and `--currency` belong to the relief. @throws UsageError for them alone */
function reliefOf(args: Args): Record<string, unknown> {
  const kind = args.text('relief')
  const amount = args.text('amount') ?? ''
  const currency = args.text('currency') ?? ''
  if (kind === undefined) {
    if (amount !== '' || currency !== '') throw new UsageError(usageWords().amountAlone)
    return {}
  }
  return {
    relief: {
      kind: parseInput(reliefKindSchema, kind, 'relief'),
      amount: amount.trim(),
      currency: currency === '' ? '' : parseInput(currencySchema, currency, 'currency'),
    },
  }
}

/** The person of this name or id. @throws GuicangError `input.invalid` */
export async function personOf(call: Connection['call'], name: string, field = 'assignee'): Promise<string> {
  const { items } = await call('users.list', {})
  const person = items.find((one) => one.name === name.normalize('NFC') || one.id === name)
  if (person === undefined) throw new GuicangError('input.invalid', { fields: [{ field, rule: 'unknown' }] })
  return person.id
}

/** What `complaints set` can set. */
const settings = {
  status: { type: 'string' },
  note: { type: 'string' },
  assignee: { type: 'string' },
  category: { type: 'string' },
  subcategory: { type: 'string' },
  severity: { type: 'string' },
  outcome: { type: 'string' },
  'outcome-kind': { type: 'string' },
  relief: { type: 'string' },
  amount: { type: 'string' },
  currency: { type: 'string' },
  'root-cause': { type: 'string' },
  'escalate-to': { type: 'string' },
  'escalation-body': { type: 'string' },
  'escalation-reference': { type: 'string' },
  satisfaction: { type: 'string' },
  'closing-reason': { type: 'string' },
  'clock-pack': { type: 'string' },
} as const

export const caseVerbs: Readonly<Record<string, Verb>> = {
  set: {
    usage:
      'complaints set DIR --id ID [--status S] [--note TEXT] [--assignee U] [--category C] [--severity low|medium|high] [--outcome TEXT --relief KIND --amount N --currency CNY] [--root-cause T] [--escalate-to regulator|mediation|court|other --escalation-body T --escalation-reference T] [--satisfaction 1-5] [--closing-reason R] [--clock-pack P]',
    options: { ...idOption, ...settings },
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const statusText = args.text('status')
      const status =
        statusText === undefined ? undefined : parseInput(complaintStatusSchema, statusText, 'status')
      const note = args.text('note') ?? ''
      const facts = patchOf(args)
      const assignee = args.text('assignee')
      if (status === undefined && note === '' && assignee === undefined && Object.keys(facts).length === 0)
        throw new UsageError(usageWords().nothingToSet(Object.keys(settings)))
      return withVault(path, args, async ({ call }) => {
        const person =
          assignee === undefined ? {} : { assignee: assignee === '' ? null : await personOf(call, assignee) }
        const patch = parseInput(casePatchSchema, { ...facts, ...person }, 'set')
        const work = { id, note, patch, ...(status === undefined ? {} : { status }) }
        return { value: flatCase(await call('complaints.work', work)) }
      })
    },
  },
  note: {
    usage: 'complaints note DIR --id ID --text TEXT [--kind note|call|email-in|email-out|visit]',
    options: { ...idOption, text: { type: 'string' }, kind: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const text = args.required('text')
      const kind = parseInput(noteKindSchema, args.text('kind') ?? 'note', 'kind')
      return withVault(path, args, async ({ call }) => ({
        value: flatCase(await call('complaints.addNote', { id, text, kind })),
      }))
    },
  },
  timeline: {
    usage: 'complaints timeline DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({
        value: (await call('complaints.get', { id })).events,
      }))
    },
  },
  'reveal-line': {
    usage: 'complaints reveal-line DIR --id ID --line SEQ --reason TEXT   (SEQ as in the timeline)',
    options: { ...idOption, line: { type: 'string' }, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const line = parseInput(z.coerce.number().int(), args.required('line'), 'line')
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('complaints.revealLine', { id, line, reason }),
      }))
    },
  },
  link: {
    usage: 'complaints link DIR --id ID --other ID [--kind related|duplicate|follows] [--remove]',
    options: {
      ...idOption,
      other: { type: 'string' },
      kind: { type: 'string' },
      remove: { type: 'boolean' },
    },
    path: true,
    run: async (args, path) => {
      const input = parseInput(
        z.strictObject({ id: complaintIdSchema, otherId: complaintIdSchema, kind: linkKindSchema }),
        { id: args.required('id'), otherId: args.required('other'), kind: args.text('kind') ?? 'related' },
        'link',
      )
      return withVault(path, args, async ({ call }) => ({
        value: flatCase(await call('complaints.link', { ...input, linked: !args.flag('remove') })),
      }))
    },
  },
}
