// A host without a window that holds a vault open: one call a line on stdin, its result a line on stdout. `snapshots` lets
// both processes write what is reachable in them when they get SIGUSR2, as only a test may.
import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { makeAppDataFolder } from '../../../electron/gate/app-data.ts'
import { createApp } from '../../../electron/gate/app.ts'
import { hardenProcess } from '../../../electron/vault/process/harden.ts'
import { forkTransport, type VaultTransport } from '../../../electron/vault/process/transport.ts'

const [, , mode = 'plain', identitiesMs = '300000'] = process.argv
const entry = fileURLToPath(new URL('../../../electron/vault/process/entry.ts', import.meta.url))

/** The same as forkTransport, but for the switch that writes snapshots. */
function snapshotTransport(): VaultTransport {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--heapsnapshot-signal=SIGUSR2', '--experimental-strip-types'],
    env: {},
  })
  return {
    post: (message) => {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

if (mode !== 'careless') hardenProcess()
const app = createApp({
  host: 'chromium',
  version: '0.0.0',
  trustedOrigins: ['test'],
  startVaultProcess: () => (mode === 'snapshots' ? snapshotTransport() : forkTransport(entry)),
  appDataDir: makeAppDataFolder(),
  systemLocale: 'zh-CN',
  idle: { lockMs: 600_000, identitiesMs: Number(identitiesMs) },
})
const callSchema = z.object({ channel: z.string(), input: z.unknown() })
for await (const line of createInterface({ input: process.stdin })) {
  const { channel, input } = callSchema.parse(JSON.parse(line))
  const result = await app.invoke({ mainFrame: true, origin: 'test' }, channel, input)
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
await app.dispose()
