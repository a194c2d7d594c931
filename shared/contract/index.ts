// The closed map of everything the window or the command line can ask for.
import type { z } from 'zod'
import { appContract } from './app.ts'
import { attachmentsContract } from './attachments.ts'
import { backupsContract } from './backups.ts'
import { categoriesContract } from './categories.ts'
import { clocksContract } from './clocks.ts'
import { complaintsContract } from './complaints.ts'
import { customerWorkContract } from './customer-work.ts'
import { customersContract } from './customers.ts'
import { auditContract, exportsContract, importsContract } from './exchange.ts'
import { handoversContract } from './handovers.ts'
import { fieldsContract } from './fields.ts'
import { lettersContract } from './letters.ts'
import { peopleContract } from './people.ts'
import { transactionsContract } from './transactions.ts'
import { searchContract } from './search.ts'
import { statsContract } from './stats.ts'
import { vaultContract } from './vault.ts'
import { viewsContract } from './views.ts'

export const contract = {
  ...appContract,
  ...vaultContract,
  ...customersContract,
  ...customerWorkContract,
  ...complaintsContract,
  ...transactionsContract,
  ...categoriesContract,
  ...clocksContract,
  ...viewsContract,
  ...attachmentsContract,
  ...fieldsContract,
  ...lettersContract,
  ...importsContract,
  ...exportsContract,
  ...auditContract,
  ...peopleContract,
  ...backupsContract,
  ...statsContract,
  ...searchContract,
  ...handoversContract,
} as const

export type Contract = typeof contract
export type ChannelName = keyof Contract

/** What a caller passes (defaults may be left out). */
export type Request<C extends ChannelName> = z.input<Contract[C]['input']>
/** What a handler receives (defaults filled in, ids branded). */
export type Input<C extends ChannelName> = z.output<Contract[C]['input']>
/** What comes back. */
export type Output<C extends ChannelName> = z.output<Contract[C]['output']>

type ByTarget<T> = { [C in ChannelName]: Contract[C]['target'] extends T ? C : never }[ChannelName]
export type MainChannel = ByTarget<'main'>
export type VaultChannel = ByTarget<'vault'>

/** Narrows a string from outside to a known channel; inherited keys such as `constructor` are no channels. */
export function isChannel(name: unknown): name is ChannelName {
  return typeof name === 'string' && Object.hasOwn(contract, name)
}

/** Whether a value that came over a boundary has the declared shape of a channel's answer. */
export function isOutput<C extends ChannelName>(channel: C, value: unknown): value is Output<C> {
  return contract[channel].output.safeParse(value).success
}
