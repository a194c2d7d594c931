// New vaults: an owner's, which may be bound to this computer, and the sample to try things with.
import { resolve } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Input, Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { LockReason } from '../../shared/events.ts'
import { vaultIdSchema } from '../../shared/types/ids.ts'
import { type Session, sessionSchema } from '../../shared/types/vault.ts'
import type { DeviceKeychain } from './keychain.ts'
import { randomSecret } from './random-secret.ts'
import type { SampleFolder } from './sample-folder.ts'

export interface NewVaultsOptions {
  /** Asks the vault process. */
  ask: <T>(schema: z.ZodType<T>, act: string, input: unknown, jobId?: string) => Promise<T>
  keychain: DeviceKeychain
  samples: SampleFolder
  /** Makes this computer's share for a vault, and keeps it. */
  newDeviceSecret: (vaultId: string) => Promise<string>
  /** @throws GuicangError `vault.alreadyOpen` */
  requireNone: () => void
  /** A vault is open from now on. */
  begin: (path: string, session: Session, sample: boolean) => Session
  lock: (reason: LockReason) => Promise<void>
}

export interface NewVaults {
  create(input: Input<'vault.create'>, sample: boolean): Promise<Output<'vault.create'>>
  createSample(jobId: string | undefined): Promise<Output<'vault.createSample'>>
}

export function newVaults(options: NewVaultsOptions): NewVaults {
  const { ask, keychain, samples, newDeviceSecret, requireNone, begin, lock } = options

  async function createAt(input: Input<'vault.create'>, sample: boolean): Promise<Output<'vault.create'>> {
    requireNone()
    const path = resolve(input.path)
    const vaultId = uuidv7()
    const deviceSecret = input.deviceBinding ? await newDeviceSecret(vaultId) : undefined
    const { company, custodian, owner, passphrase } = input
    const created = z.strictObject({ recoveryCodes: z.array(z.string()) })
    const request = {
      path,
      vaultId,
      company,
      owner,
      passphrase,
      randomPassphrase: sample,
      ...(custodian === undefined ? {} : { custodian }),
      deviceSecret,
    }
    const { recoveryCodes } = await ask(created, 'session.create', request).catch(async (thrown: unknown) => {
      if (deviceSecret !== undefined) await keychain.deleteDeviceSecret(vaultId)
      throw thrown
    })
    // From here on the codes must reach the person, whatever becomes of the first opening: nobody else has them.
    const session = await firstOpening({ path, passphrase, deviceSecret, failedUnlocks: [] })
    if (session !== null) begin(path, session, sample)
    return { vaultId: vaultIdSchema.parse(vaultId), path, recoveryCodes, session }
  }

  async function firstOpening(request: object): Promise<Session | null> {
    try {
      return await ask(sessionSchema, 'session.unlock', request)
    } catch (thrown) {
      if (thrown instanceof GuicangError) return null
      throw thrown
    }
  }

  async function createSample(jobId: string | undefined): Promise<Output<'vault.createSample'>> {
    // Before anything is tried: what goes wrong below locks, and that must not be somebody's open vault.
    requireNone()
    const path = await samples.make()
    const passphrase = randomSecret()
    const company = {
      name: '示例商贸有限公司 Example Trading',
      creditCode: '',
      address: '',
      timeZone: 'Asia/Shanghai',
    }
    try {
      await createAt({ path, company, owner: '示例 Sample', passphrase, deviceBinding: false }, true)
      await ask(z.strictObject({ ok: z.literal(true) }), 'sample.fill', {}, jobId)
      const session = await ask(sessionSchema, 'vault.getStatus', {})
      begin(path, session, true)
      return { path, session }
    } catch (thrown) {
      await lock('user')
      samples.remove(path)
      throw thrown
    }
  }

  return { create: createAt, createSample }
}
