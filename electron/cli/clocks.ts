// guicang complaints clocks | pause | resume | bulk | undo-bulk, guicang clocks …, guicang views …
import { z } from 'zod'
import type { Output, Request } from '../../shared/contract/index.ts'
import { bulkPatchSchema } from '../../shared/contract/views.ts'
import { clockIdSchema } from '../../shared/types/clock.ts'
import { instantSchema } from '../../shared/types/common.ts'
import {
  complaintQueueSchema,
  complaintSortSchema,
  complaintStatusSchema,
} from '../../shared/types/complaint.ts'
import { severitySchema } from '../../shared/types/case.ts'
import { complaintIdSchema } from '../../shared/types/ids.ts'
import { type Args, readJson, UsageError } from './args.ts'
import { flatCase, personOf } from './cases.ts'
import { type Connection, withVault } from './connection.ts'
import { parseInput } from './input.ts'
import { usageWords } from './usage-words.ts'
import type { Verb } from './verb.ts'

const idOption = { id: { type: 'string' } } as const

/** Options by which complaints are chosen, besides search and status. */
export const viewOptions = {
  queue: { type: 'string' },
  sort: { type: 'string' },
  assignee: { type: 'string' },
  severity: { type: 'string' },
} as const

/** The same as a filter; a person is found by name. */
export async function viewFilterOf(
  args: Args,
  call: Connection['call'],
): Promise<Pick<Request<'complaints.list'>, 'queue' | 'sort' | 'severity'> & { assignee?: string }> {
  const { queue, sort, severity } = viewWords(args)
  const assignee = args.text('assignee')
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(sort === undefined ? {} : { sort }),
    ...(severity === undefined ? {} : { severity }),
    ...(assignee === undefined ? {} : { assignee: await personOf(call, assignee) }),
  }
}

/** Checked before anything is opened. @throws GuicangError `input.invalid` */
export function viewWords(args: Args) {
  const [queue, sort, severity] = [args.text('queue'), args.text('sort'), args.text('severity')]
  return {
    queue: queue === undefined ? undefined : parseInput(complaintQueueSchema, queue, 'queue'),
    sort: sort === undefined ? undefined : parseInput(complaintSortSchema, sort, 'sort'),
    severity: severity === undefined ? undefined : parseInput(severitySchema, severity, 'severity'),
  }
}

const isoPattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/u

/** An ISO 8601 day or instant; without a zone, this computer's. @throws GuicangError `input.invalid` for anything else */
function instantOf(text: string): string {
  const match = isoPattern.exec(text)
  const [, day = '', time] = match ?? []
  const at = new Date(time === undefined ? `${day}T00:00` : text)
  // A day that its month doesn't have would be taken for one of the next.
  const real = match !== null && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) === true
  return parseInput(instantSchema, real && !Number.isNaN(at.getTime()) ? at.toISOString() : text, 'at')
}

function pauseVerb(name: 'pause' | 'resume'): Verb {
  return {
    usage: `complaints ${name} DIR --id ID [--note TEXT]`,
    options: { ...idOption, note: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const note = args.text('note') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: flatCase(await call('complaints.pauseClock', { id, paused: name === 'pause', note })),
      }))
    },
  }
}

function idsOf(args: Args): z.output<typeof complaintIdSchema>[] {
  const [listed, file] = [args.text('ids'), args.text('file')]
  if ((listed === undefined) === (file === undefined)) throw new UsageError(usageWords().idsOrFile)
  const ids: unknown = file === undefined ? listed?.split(',').map((id) => id.trim()) : readJson(file)
  return parseInput(z.array(complaintIdSchema).min(1).max(5000), ids, 'ids')
}

export const clockVerbs: Readonly<Record<string, Verb>> = {
  clocks: {
    usage: 'complaints clocks DIR --id ID [--at ISO]',
    options: { ...idOption, at: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const at = args.text('at')
      const input = { id, ...(at === undefined ? {} : { at: instantOf(at) }) }
      return withVault(path, args, async ({ call }) => ({ value: await call('complaints.clocks', input) }))
    },
  },
  pause: pauseVerb('pause'),
  resume: pauseVerb('resume'),
  bulk: {
    usage:
      'complaints bulk DIR --ids A,B,…|--file IDS.json [--status S] [--note TEXT] [--assignee U] [--category C] [--severity low|medium|high] [--closing-reason R] [--clock-pack P]',
    options: {
      ids: { type: 'string' },
      file: { type: 'string' },
      status: { type: 'string' },
      note: { type: 'string' },
      assignee: { type: 'string' },
      category: { type: 'string' },
      subcategory: { type: 'string' },
      severity: { type: 'string' },
      'root-cause': { type: 'string' },
      'closing-reason': { type: 'string' },
      'clock-pack': { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const ids = idsOf(args)
      const [status, assignee] = [args.text('status'), args.text('assignee')]
      const named = {
        category: args.text('category'),
        subcategory: args.text('subcategory'),
        severity: args.text('severity'),
        rootCause: args.text('root-cause'),
        closingReason: args.text('closing-reason'),
        clockPack: args.text('clock-pack'),
      }
      const facts = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
      const step = status === undefined ? {} : { status: parseInput(complaintStatusSchema, status, 'status') }
      return withVault(path, args, async ({ call }) => {
        const person =
          assignee === undefined ? {} : { assignee: assignee === '' ? null : await personOf(call, assignee) }
        const patch = parseInput(bulkPatchSchema, { ...facts, ...person }, 'bulk')
        return {
          value: await call('complaints.bulk', { ids, note: args.text('note') ?? '', patch, ...step }),
        }
      })
    },
  },
  'undo-bulk': {
    usage: 'complaints undo-bulk DIR --bulk-id ID',
    options: { 'bulk-id': { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const bulkId = parseInput(z.uuid(), args.required('bulk-id'), 'bulk-id')
      return withVault(path, args, async ({ call }) => ({
        value: await call('complaints.undoBulk', { bulkId }),
      }))
    },
  },
}

async function changeClocks(
  args: Args,
  path: string,
  change: Request<'clocks.apply'>,
): Promise<{ value: Output<'clocks.apply'> }> {
  const preview = args.flag('preview')
  return withVault(path, args, async ({ call }) => ({
    value: preview ? await call('clocks.preview', change) : await call('clocks.apply', change),
  }))
}

const previewOption = { preview: { type: 'boolean' } } as const

export const packVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'clocks list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: await call('clocks.get', {}) })),
  },
  import: {
    usage: 'clocks import DIR --file F.json [--preview]',
    options: { file: { type: 'string' }, ...previewOption },
    path: true,
    run: async (args, path) => changeClocks(args, path, { path: args.required('file') }),
  },
  use: {
    usage: 'clocks use DIR --pack P [--preview]',
    options: { pack: { type: 'string' }, ...previewOption },
    path: true,
    run: async (args, path) =>
      changeClocks(args, path, { defaultPack: parseInput(clockIdSchema, args.required('pack'), 'pack') }),
  },
  reset: {
    usage: 'clocks reset DIR [--preview]',
    options: previewOption,
    path: true,
    run: async (args, path) => changeClocks(args, path, { reset: true }),
  },
}

export const viewVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'views list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: await call('views.list', {}) })),
  },
  save: {
    usage:
      'views save DIR --name N [--id ID] [--shared] [--queue Q] [--status S] [--category C] [--assignee U] [--severity S] [--sort S]',
    options: {
      ...idOption,
      ...viewOptions,
      name: { type: 'string' },
      shared: { type: 'boolean' },
      status: { type: 'string' },
      category: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const name = args.required('name')
      const [id, status, category] = [args.text('id'), args.text('status'), args.text('category')]
      viewWords(args)
      const parts = {
        ...(status === undefined ? {} : { status: parseInput(complaintStatusSchema, status, 'status') }),
        ...(category === undefined ? {} : { category }),
      }
      return withVault(path, args, async ({ call }) => {
        const query = { ...parts, ...(await viewFilterOf(args, call)) }
        const shared = args.flag('shared')
        return {
          value: await call('views.save', { ...(id === undefined ? {} : { id }), name, shared, query }),
        }
      })
    },
  },
  remove: {
    usage: 'views remove DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(z.uuid(), args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({ value: await call('views.remove', { id }) }))
    },
  },
}
