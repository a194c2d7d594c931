// A second process with a vault open, to be killed by its parent or by itself at a chosen step.
import { z } from 'zod'
import { createJob } from '../../electron/vault/process/jobs.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { openVault } from '../../electron/vault/usecases/open-vault.ts'
import { runImport, undoImport } from '../../electron/vault/usecases/imports.ts'
import { newVersion } from '../../electron/vault/usecases/identity-payloads.ts'
import { commitAct } from '../../electron/vault/store/store.ts'
import { logAct } from '../../electron/vault/session.ts'
import { batchIdSchema } from '../../shared/types/ids.ts'

const requestSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('open') }),
  z.object({ act: z.literal('import'), path: z.string(), kind: z.enum(['customers', 'complaints']) }),
  z.object({ act: z.literal('undo'), batchId: batchIdSchema, afterReports: z.number() }),
  z.object({ act: z.literal('commit'), step: z.enum(['before-records', 'before-settle']) }),
  z.object({ act: z.literal('passphrase'), newPassphrase: z.string() }),
])
export type ChildRequest = z.input<typeof requestSchema>

const [, , dir = '', passphrase = '', text = ''] = process.argv
const request = requestSchema.parse(JSON.parse(text))

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal ends the process before anything else runs; this only says so to the compiler.
  throw new Error('killed')
}

const session = await openVault({ path: dir, passphrase, failedUnlocks: [] }, new Date())
const never = new AbortController().signal
const context = { session, job: createJob(never, () => {}), now: () => new Date() }
process.send?.('ready')

if (request.act === 'open') {
  setInterval(() => {}, 1000)
} else if (request.act === 'import') {
  const { path, kind } = request
  await runImport(context, { path, kind, dryRun: false, duplicates: 'keep' })
  process.send?.('done')
  setInterval(() => {}, 1000)
} else if (request.act === 'undo') {
  let reports = 0
  const job = createJob(never, () => {
    reports += 1
    if (reports > request.afterReports) die()
  })
  await undoImport({ ...context, job }, { batchId: request.batchId })
  die()
} else if (request.act === 'commit') {
  const { step } = request
  commitAct(session.store, {
    identities: (identities, commitId) => {
      const version = newVersion(identities, { text: `note of ${step}` })
      identities.notes.add({
        id: version.id,
        ownerId: version.id,
        commitId,
        salt: version.salt,
        payload: version.payload,
      })
      return version
    },
    records: () => {
      if (step === 'before-records') die()
      logAct(context, 'test.acted', '', {})
    },
    settle: () => die(),
  })
} else {
  await changePassphrase(context, { passphrase, newPassphrase: request.newPassphrase, workFactor: 10 })
  die()
}
