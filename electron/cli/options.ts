// Options that verbs over records share.
import { usageWords } from './usage-words.ts'
import { type Args, UsageError } from './args.ts'

export const paging = {
  query: { type: 'string' },
  limit: { type: 'string' },
  after: { type: 'string' },
} as const

export function pageOf(args: Args): { limit?: number; after?: string; query?: string } {
  const limit = args.number('limit')
  const after = args.text('after')
  const query = args.text('query')
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
    ...(query === undefined ? {} : { query }),
  }
}

export function fieldsOf(args: Args): string[] {
  const fields = args
    .required('fields')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')
  if (fields.length === 0) throw new UsageError(usageWords().noFields)
  return fields
}

const idOption = { id: { type: 'string' } } as const
export const revealOptions = { ...idOption, fields: { type: 'string' }, reason: { type: 'string' } } as const
