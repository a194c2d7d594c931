// Verifying beside running work: no false alarm, no standing still.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { checkInThread } from '../../electron/vault/process/check-client.ts'
import type { Job } from '../../electron/vault/process/jobs.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, codeOf, fileWith, present, rawDb, testJob, type TestVault } from '../support/vault.ts'

async function filled(rows: number): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(rows))), kind: 'customers' })
  return vault
}

/** A job that lets `work` happen at its first pause after a report of this phase. */
function jobWith(phase: string, work: () => Promise<void>): Job & { happened: () => boolean } {
  const job = testJob()
  let last = ''
  let happened = false
  return {
    signal: job.signal,
    report: (reported) => {
      last = reported
    },
    pause: async () => {
      await job.pause()
      if (happened || last !== phase) return
      happened = true
      await work()
    },
    happened: () => happened,
  }
}

/** An import that stands still once its first slice is written, until it is told to go on. */
function haltingImport(vault: TestVault) {
  const job = testJob()
  const written = Promise.withResolvers<undefined>()
  const goOn = Promise.withResolvers<undefined>()
  let halted = false
  const running = vault.call(
    'imports.run',
    { path: fileWith(csvOf(customerRows(1500, 5000))), kind: 'customers' },
    {
      signal: job.signal,
      report: () => {
        halted = true
        written.resolve(undefined)
      },
      pause: async () => {
        await job.pause()
        if (halted) await goOn.promise
      },
    },
  )
  return { running, written: written.promise, goOn: () => goOn.resolve(undefined) }
}

describe('no false alarm', () => {
  test.each(['audit.verify', 'vault.verify'] as const)('%s: an entry appended meanwhile', async (channel) => {
    const vault = await filled(3)
    const job = jobWith('entries', async () => {
      await vault.call('customers.list', { query: '13800001234' })
    })
    const { findings } = await vault.call(channel, {}, job)
    expect([job.happened(), findings]).toEqual([true, []])
  })

  test.each(['audit.verify', 'vault.verify'] as const)('%s: an import started meanwhile', async (channel) => {
    const vault = await filled(3)
    let started: ReturnType<typeof haltingImport> | undefined
    const job = jobWith('rows', async () => {
      started = haltingImport(vault)
      await started.written
    })
    const { findings } = await vault.call(channel, {}, job)
    expect([job.happened(), findings]).toEqual([true, []])
    present(started).goOn()
    expect(await present(started).running).toMatchObject({ accepted: 1500 })
  })

  test('an import that began before and became visible meanwhile', async () => {
    const vault = await filled(3)
    const started = haltingImport(vault)
    await started.written
    const job = jobWith('rows', async () => {
      started.goOn()
      await started.running
    })
    const { findings } = await vault.call('audit.verify', {}, job)
    expect([job.happened(), findings]).toEqual([true, []])
  })

  test('an entry appended while the leaves of a large import are read, which happens in slices', async () => {
    const vault = await filled(2500)
    // Before anything is reported: within the first page of entries.
    const job = jobWith('', async () => {
      await vault.call('customers.list', { query: '13800001234' })
    })
    const { ok, entries, findings } = await vault.call('audit.verify', {}, job)
    const { total } = await vault.call('audit.list', {})
    expect([job.happened(), ok, findings, entries]).toEqual([true, true, [], total])
  })

  test('an import undone meanwhile', async () => {
    const vault = await filled(2500)
    const [batch] = (await vault.call('imports.list', {})).items
    const job = jobWith('rows', async () => {
      await vault.call('imports.undo', { batchId: present(batch).batchId })
    })
    const { findings } = await vault.call('audit.verify', {}, job)
    expect([job.happened(), findings]).toEqual([true, []])
  })

  test('a profile changed meanwhile', async () => {
    const vault = await filled(3)
    const job = jobWith('rows', async () => {
      await vault.call('vault.setProfile', { company: { name: '新名字有限公司' }, custodian: {} })
    })
    const { findings } = await vault.call('audit.verify', {}, job)
    expect([job.happened(), findings]).toEqual([true, []])
  })

  test('a file that another connection holds is busy, not damaged', async () => {
    const vault = await filled(1)
    const key = vault.session.keys.records
    const path = join(vault.dir, 'records.db')
    const other = rawDb(path, key)
    other.exec('BEGIN EXCLUSIVE')
    expect(await codeOf(checkInThread(path, key, testJob().signal).lines)).toBe('vault.busy')
    other.exec('ROLLBACK')
    other.close()
    expect(await checkInThread(path, key, testJob().signal).lines).toEqual([])
  }, 20_000)
})

describe('SQLite’s check of the files', () => {
  const patience = (vault: TestVault) =>
    vault.session.store.records.db.pragma('busy_timeout', { simple: true })

  async function untilChecking(vault: TestVault): Promise<void> {
    while (!vault.session.writingBatch) await setImmediate()
  }

  test('is refused while an import runs, and refuses one while it runs; writers wait shortly meanwhile', async () => {
    const vault = await filled(3)
    const started = haltingImport(vault)
    await started.written
    expect(await codeOf(vault.call('vault.verify', {}))).toBe('vault.busy')
    started.goOn()
    await started.running

    const verifying = vault.call('vault.verify', {})
    await untilChecking(vault)
    expect(patience(vault)).toBe(200)
    const path = fileWith(csvOf(customerRows(1, 9000)))
    expect(await codeOf(vault.call('imports.run', { path, kind: 'customers' }))).toBe('vault.busy')
    expect((await verifying).findings).toEqual([])
    expect(patience(vault)).toBe(5000)
    expect(await vault.call('imports.run', { path, kind: 'customers' })).toMatchObject({ accepted: 1 })
  })

  test('holds imports off until its thread is gone, also after a cancel', async () => {
    const vault = await filled(3)
    const controller = new AbortController()
    const verifying = vault.call('vault.verify', {}, testJob(controller.signal))
    await untilChecking(vault)
    controller.abort()
    expect(await codeOf(verifying)).toBe('job.cancelled')
    expect([vault.session.writingBatch, patience(vault)]).toEqual([true, 5000])
    while (vault.session.writingBatch) await setImmediate()
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})
