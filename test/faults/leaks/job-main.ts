// The job as a process of its own, so that its system calls and those of its vault process can be traced. Prints the answers.
import { fileURLToPath } from 'node:url'
import { createApp } from '../../../electron/gate/app.ts'
import { makeAppDataFolder } from '../../../electron/gate/app-data.ts'
import { forkTransport } from '../../../electron/vault/process/transport.ts'
import { reader } from './casework.ts'
import { runJob } from './job.ts'
import { readSources } from './sources.ts'

const [, , folder = '', size = 'short'] = process.argv
const entry = fileURLToPath(new URL('../../../electron/vault/process/entry.ts', import.meta.url))
process.umask(0o077)
const { opener, given } = reader()
const app = createApp({
  host: 'cli',
  version: '0.0.0',
  trustedOrigins: ['cli'],
  startVaultProcess: () => forkTransport(entry),
  appDataDir: makeAppDataFolder(),
  systemLocale: 'zh-CN',
  opener,
})
try {
  const answers = await runJob(app, folder, readSources(size === 'long'), given)
  for (const answer of answers) process.stdout.write(`${JSON.stringify(answer)}\n`)
} finally {
  await app.dispose()
}
