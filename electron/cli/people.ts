// guicang users …, guicang device …, and the verbs of vault that are about keys.
import type { Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { memberRoleSchema } from '../../shared/types/vault.ts'
import { type Args, oneOf, readPassphrase, readSecret } from './args.ts'
import { type CodeFile, reserveCodeFile } from './code-file.ts'
import { type Connection, withVault } from './connection.ts'
import type { Verb } from './verb.ts'

const roles = memberRoleSchema.options

type Member = Output<'users.list'>['items'][number]

/** @throws GuicangError `input.invalid` (rule `unknown`) */
async function findMember({ call }: Connection, name: string): Promise<Member> {
  const { items } = await call('users.list', {})
  const found = items.find((member) => member.name.normalize('NFC') === name.normalize('NFC'))
  if (found === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'name', rule: 'unknown' }] })
  return found
}

function newPassphrase(args: Args): string {
  const passphrase = readSecret(args.required('new-passphrase-file'))
  if (passphrase === '') throw new GuicangError('passphrase.missing')
  return passphrase
}

const nameOption = { name: { type: 'string' } } as const
const passphraseOption = { 'new-passphrase-file': { type: 'string' } } as const

/** A verb that does one thing to one named person. */
function onMember(name: string, channel: 'users.disable' | 'users.enable' | 'users.remove'): Verb {
  return {
    usage: `users ${name} DIR --name N`,
    options: nameOption,
    path: true,
    run: async (args, path) => {
      const wanted = args.required('name')
      return withVault(path, args, async (connection) => {
        const { id } = await findMember(connection, wanted)
        return { value: await connection.call(channel, { id }) }
      })
    },
  }
}

export const userVerbs: Readonly<Record<string, Verb>> = {
  add: {
    usage: `users add DIR --name N --role ${roles.join('|')} --new-passphrase-file F`,
    options: { ...nameOption, ...passphraseOption, role: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const name = args.required('name')
      const role = oneOf('role', args.required('role'), roles)
      const passphrase = newPassphrase(args)
      return withVault(path, args, async ({ call }) => ({
        value: await call('users.add', { name, role, passphrase }),
      }))
    },
  },
  list: {
    usage: 'users list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => {
        const { items } = await call('users.list', {})
        return {
          value: items.map(({ id, name, role, state, lastUnlock }) => ({
            id,
            name,
            role,
            state,
            lastUnlock,
          })),
        }
      }),
  },
  disable: onMember('disable', 'users.disable'),
  enable: onMember('enable', 'users.enable'),
  remove: onMember('remove', 'users.remove'),
  role: {
    usage: `users role DIR --name N --role ${roles.join('|')}`,
    options: { ...nameOption, role: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const name = args.required('name')
      const role = oneOf('role', args.required('role'), roles)
      return withVault(path, args, async (connection) => {
        const { id } = await findMember(connection, name)
        return { value: await connection.call('users.setRole', { id, role }) }
      })
    },
  },
  reset: {
    usage: 'users reset DIR --name N --new-passphrase-file F',
    options: { ...nameOption, ...passphraseOption },
    path: true,
    run: async (args, path) => {
      const name = args.required('name')
      const passphrase = newPassphrase(args)
      return withVault(path, args, async (connection) => {
        const { id } = await findMember(connection, name)
        return { value: await connection.call('users.reset', { id, passphrase }) }
      })
    },
  },
}

export const deviceVerbs: Readonly<Record<string, Verb>> = {
  add: {
    usage: 'device add DIR   (binds your way in to this computer)',
    options: {},
    path: true,
    run: async (args, path) => {
      const passphrase = readPassphrase(args)
      return withVault(path, args, async ({ call }) => ({ value: await call('devices.add', { passphrase }) }))
    },
  },
  carry: {
    usage: 'device carry DIR   (a way in that is bound to no computer, until one is added)',
    options: {},
    path: true,
    run: async (args, path) => {
      const passphrase = readPassphrase(args)
      return withVault(path, args, async ({ call }) => ({
        value: await call('devices.carry', { passphrase }),
      }))
    },
  },
  list: {
    usage: 'device list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: (await call('devices.list', {})).items })),
  },
  remove: {
    usage: 'device remove DIR --id ID',
    options: { id: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = args.required('id')
      return withVault(path, args, async ({ call }) => ({ value: await call('devices.remove', { id }) }))
    },
  },
}

/** @throws GuicangError `input.invalid` (rule `unknown`) */
async function findKit({ call }: Connection, name: string): Promise<Output<'kits.list'>['items'][number]> {
  const { items } = await call('kits.list', {})
  const found = items.find((kit) => kit.name === name)
  if (found === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'kit', rule: 'unknown' }] })
  return found
}

/**
 * Makes a kit and puts its code where it was asked for; one whose code could not be written is taken away again.
 * @throws GuicangError `disk.full`, `file.unreadable`
 */
async function newKit({ call }: Connection, file: CodeFile | undefined): Promise<string> {
  const { id, code } = await call('kits.add', {})
  try {
    file?.keep([code])
  } catch (thrown) {
    await call('kits.revoke', { id })
    throw thrown
  }
  return code
}

/** Added to the group `vault`. */
export const keyVerbs: Readonly<Record<string, Verb>> = {
  rotate: {
    usage: 'vault rotate DIR   (new keys for everybody who is entitled)',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: await call('vault.rotate', {}) })),
  },
  acknowledge: {
    usage: 'vault acknowledge DIR --warning vault.slotsChanged|vault.rolledBack',
    options: { warning: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const warning = oneOf('warning', args.required('warning'), [
        'vault.slotsChanged',
        'vault.rolledBack',
      ] as const)
      return withVault(path, args, async ({ call }) => {
        const { warnings } = await call('vault.acknowledge', { warning })
        return { value: { ok: true, warnings } }
      })
    },
  },
  kits: {
    usage: 'vault kits DIR   (the recovery kits, and when each was last tried)',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: (await call('kits.list', {})).items })),
  },
  'replace-kit': {
    usage: 'vault replace-kit DIR --kit NAME [--recovery-code-out FILE]',
    options: { kit: { type: 'string' }, 'recovery-code-out': { type: 'string' } },
    path: true,
    run: async (args, path, tell) => {
      const name = args.required('kit')
      const out = args.text('recovery-code-out')
      const file = out === undefined ? undefined : reserveCodeFile(out)
      let made = false
      try {
        return await withVault(path, args, async (connection) => {
          const { id } = await findKit(connection, name)
          // The new code first: should the rest fail or be cut short, there is a kit too many and none too few.
          const code = await newKit(connection, file)
          made = true
          if (file === undefined) tell({ recoveryCode: code })
          await connection.call('kits.revoke', { id })
          return { value: file === undefined ? undefined : { ok: true } }
        })
      } catch (thrown) {
        if (!made) file?.giveUp()
        throw thrown
      }
    },
  },
  'revoke-kit': {
    usage: 'vault revoke-kit DIR --kit NAME',
    options: { kit: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const name = args.required('kit')
      return withVault(path, args, async (connection) => {
        const { id } = await findKit(connection, name)
        return { value: await connection.call('kits.revoke', { id }) }
      })
    },
  },
}
