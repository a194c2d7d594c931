// Runs in a D-Bus session of its own (see keychain.test.ts), plays one scenario (argv[2]) against the real Secret
// Service and prints what happened as one JSON document.
import { execFileSync } from 'node:child_process'
import { AsyncEntry } from '@napi-rs/keyring'
import { deviceKeychain } from '../../../electron/gate/keychain.ts'
import { refusalOf } from './support.ts'

const vaultId = '0198b7c0-0000-7000-8000-000000000001'
const secret = 'abcdefghijklmnopqrstuvwxyz234567'
const keychain = deviceKeychain()

function dbusSend(destination: string, ...rest: string[]): string {
  const args = ['--session', '--print-reply', `--dest=${destination}`, ...rest]
  return execFileSync('dbus-send', args, { encoding: 'utf8' })
}

async function roundTrip(): Promise<unknown> {
  const available = await keychain.available()
  const before = await keychain.getDeviceSecret(vaultId)
  await keychain.setDeviceSecret(vaultId, 'first')
  await keychain.setDeviceSecret(vaultId, secret)
  const after = await keychain.getDeviceSecret(vaultId)
  const otherVault = await keychain.getDeviceSecret('0198b7c0-0000-7000-8000-000000000002')
  const pinned = await new AsyncEntry('guicang', `device:${vaultId}`, {
    linux: { store: 'secret-service' },
  }).getPassword()
  const hurried = await refusalOf(deviceKeychain({ timeoutMs: 0 }).getDeviceSecret(vaultId))
  await keychain.deleteDeviceSecret(vaultId)
  await keychain.deleteDeviceSecret(vaultId)
  const deleted = await keychain.getDeviceSecret(vaultId)
  return {
    available,
    before: before ?? null,
    after,
    otherVault: otherVault ?? null,
    pinned,
    hurried,
    deleted: deleted ?? null,
  }
}

async function refusals(): Promise<unknown> {
  const start = performance.now()
  const get = await refusalOf(keychain.getDeviceSecret(vaultId))
  const getMs = performance.now() - start
  const set = await refusalOf(keychain.setDeviceSecret(vaultId, secret))
  return { available: await keychain.available(), get, set, inTime: getMs < 4000 }
}

async function locked(): Promise<unknown> {
  await keychain.setDeviceSecret(vaultId, secret)
  dbusSend(
    'org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login',
  )
  return await refusals()
}

async function hung(): Promise<unknown> {
  await keychain.setDeviceSecret(vaultId, secret)
  const reply = dbusSend(
    'org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    'string:org.freedesktop.secrets',
  )
  const pid = Number(/uint32 (\d+)/.exec(reply)?.[1])
  process.kill(pid, 'SIGSTOP')
  try {
    return await refusals()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

const scenarios: Record<string, () => Promise<unknown>> = { roundTrip, refusals, locked, hung }
console.log(JSON.stringify(await scenarios[process.argv[2] ?? '']?.()))
