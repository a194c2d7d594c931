// guicang import …, export …, bag …, audit …, pii …
import { resolve } from 'node:path'
import { batchIdSchema } from '../../shared/types/ids.ts'
import { mappingSchema, recordKindSchema } from '../../shared/types/exchange.ts'
import { scanText } from '../domain/recognisers/index.ts'
import { guessKind, previewTable, proposeMapping } from '../exchange/import/index.ts'
import { oneOf, readJson, readText } from './args.ts'
import { withProgram, withVault } from './connection.ts'
import { damageFindings } from './damage.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

const sampleSize = 50
const defaultRows = 20

export const importVerbs: Readonly<Record<string, Verb>> = {
  preview: {
    usage: 'import preview --file F [--rows N] [--kind customers|complaints|transactions]',
    options: { file: { type: 'string' }, rows: { type: 'string' }, kind: { type: 'string' } },
    path: false,
    run: async (args) => {
      const wanted = args.number('rows') ?? defaultRows
      const preview = await previewTable(args.required('file'), Math.max(wanted, sampleSize))
      const { encoding, delimiter, columns } = preview.meta
      const kind =
        args.text('kind') === undefined
          ? guessKind(columns)
          : oneOf('kind', args.required('kind'), recordKindSchema.options)
      const mapping = proposeMapping(columns, kind, preview.rows.slice(0, sampleSize))
      const { rowCount, rejected, blank, rows } = preview
      return {
        value: {
          encoding,
          delimiter,
          kind,
          columns,
          mapping,
          rowCount,
          rejected,
          blank,
          rows: rows.slice(0, wanted),
        },
      }
    },
  },
  run: {
    usage:
      'import run DIR --kind customers|complaints|transactions --file F [--mapping M.json] [--dry-run] [--duplicates keep|skip] [--rejects OUT.csv]',
    options: {
      kind: { type: 'string' },
      file: { type: 'string' },
      mapping: { type: 'string' },
      'dry-run': { type: 'boolean' },
      duplicates: { type: 'string' },
      rejects: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const kind = oneOf('kind', args.required('kind'), recordKindSchema.options)
      const duplicates = oneOf('duplicates', args.text('duplicates') ?? 'keep', ['keep', 'skip'])
      const mappingFile = args.text('mapping')
      const rejects = args.text('rejects')
      const input = {
        path: resolve(args.required('file')),
        kind,
        duplicates,
        dryRun: args.flag('dry-run'),
        ...(mappingFile === undefined ? {} : { mapping: parseInput(mappingSchema, readJson(mappingFile)) }),
        ...(rejects === undefined ? {} : { rejectsPath: resolve(rejects) }),
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('imports.run', input) }))
    },
  },
  undo: {
    usage: 'import undo DIR --batch ID',
    options: { batch: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const batchId = parseInput(batchIdSchema, args.required('batch'), 'batch')
      return withVault(path, args, async ({ call }) => ({ value: await call('imports.undo', { batchId }) }))
    },
  },
  list: {
    usage: 'import list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: await call('imports.list', {}) })),
  },
  findings: {
    usage: 'import findings DIR --batch ID [--limit N]',
    options: { batch: { type: 'string' }, limit: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const batchId = parseInput(batchIdSchema, args.required('batch'), 'batch')
      const limit = args.number('limit')
      return withVault(path, args, async ({ call }) => ({
        value: await call('imports.findings', { batchId, ...(limit === undefined ? {} : { limit }) }),
      }))
    },
  },
}

export const exportVerbs: Readonly<Record<string, Verb>> = {
  run: {
    usage:
      'export run DIR --kind customers|complaints|transactions --format csv --out NEWDIR [--clear --reason TEXT]',
    options: {
      kind: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
      clear: { type: 'boolean' },
      reason: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const input = {
        kind: oneOf('kind', args.required('kind'), recordKindSchema.options),
        format: oneOf('format', args.text('format') ?? 'csv', ['csv']),
        out: resolve(args.required('out')),
        clear: args.flag('clear'),
        reason: args.text('reason') ?? '',
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('exports.run', input) }))
    },
  },
}

export const bagVerbs: Readonly<Record<string, Verb>> = {
  verify: {
    usage: 'bag verify DIR',
    options: {},
    path: true,
    run: async (_args, path) =>
      withProgram(async ({ call }) => {
        const report = await call('bags.verify', { path })
        return { value: report, failed: !report.valid }
      }),
  },
}

/** A note as it was signed: editors and shells change line ends and what stands behind the last one. */
function noteOf(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trimEnd()}\n`
}

export const auditVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'audit list DIR [--limit N]',
    options: { limit: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const limit = args.number('limit')
      return withVault(path, args, async ({ call }) => {
        const { items } = await call('audit.list', limit === undefined ? {} : { limit })
        return { value: items }
      })
    },
  },
  verify: {
    usage: 'audit verify DIR [--checkpoint FILE]',
    options: { checkpoint: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const file = args.text('checkpoint')
      const input = file === undefined ? {} : { checkpoint: noteOf(readText(file)) }
      try {
        return await withVault(path, args, async ({ call }) => {
          const report = await call('audit.verify', input)
          return { value: report, failed: !report.ok }
        })
      } catch (thrown) {
        return { value: { ok: false, entries: 0, findings: damageFindings(thrown) }, failed: true }
      }
    },
  },
  checkpoint: {
    usage: 'audit checkpoint DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: await call('audit.checkpoint', {}) })),
  },
}

export const piiVerbs: Readonly<Record<string, Verb>> = {
  scan: {
    usage: 'pii scan --file F',
    options: { file: { type: 'string' } },
    path: false,
    run: async (args) => ({ value: scanText(readText(args.required('file'))) }),
  },
}
