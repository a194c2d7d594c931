// guicang vault …
import { GuicangError } from '../../shared/errors.ts'
import { readPassphrase, readSecret } from './args.ts'
import { reserveCodeFile } from './code-file.ts'
import { withProgram, withVault } from './connection.ts'
import { damageFindings } from './damage.ts'
import type { Verb } from './verb.ts'

/** A file with two codes, one a line, may be given as it is: the first counts. */
function readRecoveryCode(path: string): string {
  return (
    readSecret(path)
      .split(/\r?\n/)
      .find((line) => line.trim() !== '') ?? ''
  )
}

export const vaultVerbs: Readonly<Record<string, Verb>> = {
  create: {
    usage: 'vault create DIR --company NAME [--owner NAME] [--no-device-binding] [--recovery-code-out FILE]',
    options: {
      company: { type: 'string' },
      owner: { type: 'string' },
      'no-device-binding': { type: 'boolean' },
      'recovery-code-out': { type: 'string' },
    },
    path: true,
    run: async (args, path, tell) => {
      const company = args.required('company')
      const passphrase = readPassphrase(args)
      const out = args.text('recovery-code-out')
      const file = out === undefined ? undefined : reserveCodeFile(out)
      const { vaultId, recoveryCodes } = await withProgram(({ call }) =>
        call('vault.create', {
          path,
          company: { name: company },
          owner: args.text('owner') ?? '管理员',
          passphrase,
          deviceBinding: !args.flag('no-device-binding'),
        }),
      ).catch((thrown: unknown) => {
        file?.giveUp()
        throw thrown
      })
      if (file === undefined) return { value: { vaultId, recoveryCodes } }
      try {
        file.keep(recoveryCodes)
      } catch (thrown) {
        // The vault is made. Codes on a terminal are the lesser evil to a vault that nobody can recover.
        tell({ vaultId, recoveryCodes })
        throw thrown
      }
      return { value: { vaultId } }
    },
  },
  info: {
    usage: 'vault info DIR',
    options: {},
    path: true,
    run: async (_args, path) =>
      withProgram(async ({ call }) => ({ value: await call('vault.getInfo', { path }) })),
  },
  open: {
    usage: 'vault open DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => {
        const { user, role, compartments, warnings, counts } = await call('vault.getStatus', {})
        return { value: { user, role, compartments, warnings, counts } }
      }),
  },
  verify: {
    usage: 'vault verify DIR',
    options: {},
    path: true,
    run: async (args, path) => {
      try {
        return await withVault(path, args, async ({ call }) => {
          const report = await call('vault.verify', {})
          return { value: report, failed: !report.ok }
        })
      } catch (thrown) {
        return {
          value: {
            ok: false,
            findings: damageFindings(thrown),
            checked: { records: 0, identities: 0, attachments: 0, auditEntries: 0 },
          },
          failed: true,
        }
      }
    },
  },
  recover: {
    usage:
      'vault recover DIR --recovery-code-file F [--check] [--no-device-binding]   (new passphrase from GUICANG_PASSPHRASE; --check only tries the code)',
    options: {
      'recovery-code-file': { type: 'string' },
      'no-device-binding': { type: 'boolean' },
      check: { type: 'boolean' },
    },
    path: true,
    run: async (args, path) => {
      const recoveryCode = readRecoveryCode(args.required('recovery-code-file'))
      if (args.flag('check'))
        return withProgram(async ({ call }) => ({
          value: await call('vault.checkKit', { path, recoveryCode }),
        }))
      const newPassphrase = readPassphrase(args)
      const user = args.text('user')
      const binding = args.flag('no-device-binding') ? { deviceBinding: false } : {}
      return withProgram(async ({ call }) => {
        await call('vault.recover', {
          path,
          recoveryCode,
          newPassphrase,
          ...binding,
          ...(user === undefined ? {} : { user }),
        })
        return { value: { ok: true } }
      })
    },
  },
  passphrase: {
    usage: 'vault passphrase DIR --new-passphrase-file F',
    options: { 'new-passphrase-file': { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const newPassphrase = readSecret(args.required('new-passphrase-file'))
      if (newPassphrase === '') throw new GuicangError('passphrase.missing')
      const passphrase = readPassphrase(args)
      return withVault(path, args, async ({ call }) => ({
        value: await call('vault.changePassphrase', { passphrase, newPassphrase }),
      }))
    },
  },
  profile: {
    usage:
      'vault profile DIR [--custodian NAME] [--capacity TEXT] [--authority TEXT] [--contact TEXT] [--time-zone ZONE]',
    options: {
      custodian: { type: 'string' },
      capacity: { type: 'string' },
      authority: { type: 'string' },
      contact: { type: 'string' },
      'time-zone': { type: 'string' },
    },
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => {
        const { company, custodian } = await call('vault.getStatus', {})
        const changed = await call('vault.setProfile', {
          company: { ...company, timeZone: args.text('time-zone') ?? company.timeZone },
          custodian: {
            name: args.text('custodian') ?? custodian.name,
            capacity: args.text('capacity') ?? custodian.capacity,
            authority: args.text('authority') ?? custodian.authority,
            contact: args.text('contact') ?? custodian.contact,
          },
        })
        return { value: { company: changed.company, custodian: changed.custodian } }
      }),
  },
}
