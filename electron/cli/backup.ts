// guicang backup …
import { resolve } from 'node:path'
import { type Args, readPassphrase } from './args.ts'
import { withProgram, withVault } from './connection.ts'
import type { Verb } from './verb.ts'

function hasPassphrase(args: Args): boolean {
  return args.text('passphrase-file') !== undefined || (process.env['GUICANG_PASSPHRASE'] ?? '') !== ''
}

function userOf(args: Args): { user?: string } {
  const user = args.text('user')
  return user === undefined ? {} : { user }
}

export const backupVerbs: Readonly<Record<string, Verb>> = {
  create: {
    usage: 'backup create DIR --to FOLDER',
    options: { to: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const to = resolve(args.required('to'))
      return withVault(path, args, async ({ call }) => ({ value: await call('backups.create', { to }) }))
    },
  },
  verify: {
    usage: 'backup verify BAG   (with a passphrase the vault in it is opened too)',
    options: {},
    path: true,
    run: async (args, path) => {
      const secret = hasPassphrase(args) ? { passphrase: readPassphrase(args), ...userOf(args) } : {}
      return withProgram(async ({ call }) => {
        const report = await call('backups.verify', { path, ...secret })
        return { value: report, failed: !report.valid }
      })
    },
  },
  restore: {
    usage: 'backup restore BAG --to NEWDIR',
    options: { to: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const input = {
        path,
        to: resolve(args.required('to')),
        passphrase: readPassphrase(args),
        ...userOf(args),
      }
      return withProgram(async ({ call }) => {
        const { counts } = await call('backups.restore', input)
        return { value: { counts } }
      })
    },
  },
}
