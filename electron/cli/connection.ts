// The same gate and use cases as the window, without one.
import { fileURLToPath } from 'node:url'
import type { ChannelName, Output, Request } from '../../shared/contract/index.ts'
import { isOutput } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { version } from '../../shared/version.ts'
import { type App, createApp } from '../gate/app.ts'
import { makeAppDataFolder } from '../gate/app-data.ts'
import { unwrap } from '../gate/boundary.ts'
import { forkTransport } from '../vault/process/transport.ts'
import { type Args, readPassphrase } from './args.ts'

const origin = 'cli'

export interface Connection {
  call<C extends ChannelName>(channel: C, input: Request<C>): Promise<Output<C>>
  close(): Promise<void>
}

export function connect(): Connection {
  const app: App = createApp({
    host: 'cli',
    version,
    trustedOrigins: [origin],
    startVaultProcess: () =>
      forkTransport(fileURLToPath(new URL('../vault/process/entry.ts', import.meta.url))),
    appDataDir: makeAppDataFolder(),
    systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
  })
  return {
    call: async (channel, input) =>
      narrow(channel, unwrap(await app.invoke({ mainFrame: true, origin }, channel, input))),
    close: () => app.dispose(),
  }
}

function narrow<C extends ChannelName>(channel: C, value: unknown): Output<C> {
  if (!isOutput(channel, value)) throw new GuicangError('internal')
  return value
}

/** Opens the vault for one verb and closes it afterwards, whatever happens. */
export async function withVault<T>(
  path: string,
  args: Args,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const passphrase = readPassphrase(args)
  const connection = connect()
  try {
    const user = args.text('user')
    await connection.call('vault.unlock', { path, passphrase, ...(user === undefined ? {} : { user }) })
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** The same without a vault. */
export async function withProgram<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connect()
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}
