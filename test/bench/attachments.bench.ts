// Attachments in and out against the program age itself.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { Measurement } from './measurement.ts'
import { percentile, timed, vaultOf } from './subjects.ts'

const megabyte = 1024 * 1024
const bytes = (process.env['BENCH_ROWS'] === undefined ? 100 : 10) * megabyte
const rounds = 3

function age(args: readonly string[]): void {
  const done = spawnSync('age', args)
  if (done.status !== 0) throw new Error(`age: ${done.stderr.toString()}`)
}

const measurement: Measurement = {
  title: 'Attachments',
  about: `A file of ${bytes / megabyte} MB of random bytes. In: \`attachments.add\` from the call at the gate to its answer: read, hashed, encrypted, flushed, committed in both databases. Out: \`attachments.save\`: decrypted, hashed and held against the log, flushed. The peer is the program \`age\` with one X25519 recipient, which neither hashes nor flushes.`,
  run: async () => {
    const { path, connection } = await vaultOf(10)
    const folder = `${path}.attachments`
    mkdirSync(folder)
    const size = bytes / megabyte
    const rate = (times: readonly number[]) => (size / (percentile(times, 0.5) ?? Number.NaN)) * 1000
    try {
      const { id } = await connection.call('complaints.add', { narrative: 'bench' })
      const inputs = Array.from({ length: rounds }, (_, index) => join(folder, `in-${index}.bin`))
      for (const input of inputs) writeFileSync(input, randomBytes(bytes))
      const ids: string[] = []
      const added = await timed(rounds, async (index) => {
        const answer = await connection.call('attachments.add', {
          complaintId: id,
          path: inputs[index] ?? '',
        })
        ids.push(answer.attachmentId)
      })
      const { items } = await connection.call('attachments.list', { complaintId: id })
      const saved = await timed(rounds, async (index) => {
        const item = items[index]
        if (item === undefined) throw new Error('an attachment is missing')
        const out = join(folder, `out-${index}.bin`)
        await connection.call('attachments.save', { id: item.id, out, reason: 'bench' })
        if (statSync(out).size !== bytes) throw new Error('it came out short')
      })
      const rows = [
        { what: 'in', value: rate(added), unit: 'MB/s', note: 'median of 3' },
        { what: 'out', value: rate(saved), unit: 'MB/s', note: 'median of 3' },
      ]
      if (spawnSync('age', ['--version']).status !== 0) {
        console.warn('skipped: the program age is not installed')
        return rows
      }
      const identity = await generateX25519Identity()
      const key = join(folder, 'key.txt')
      writeFileSync(key, `${identity}\n`)
      const recipient = await identityToRecipient(identity)
      const encrypted = await timed(rounds, (index) => {
        age(['-r', recipient, '-o', join(folder, `${index}.age`), inputs[index] ?? ''])
      })
      const decrypted = await timed(rounds, (index) => {
        age(['-d', '-i', key, '-o', join(folder, `plain-${index}`), join(folder, `${index}.age`)])
      })
      return [
        ...rows,
        { what: 'age, in', value: rate(encrypted), unit: 'MB/s', note: 'peer, median of 3' },
        { what: 'age, out', value: rate(decrypted), unit: 'MB/s', note: 'peer, median of 3' },
        { what: 'in: ratio of times', value: rate(encrypted) / rate(added), unit: '×', note: 'vault ÷ age' },
        { what: 'out: ratio of times', value: rate(decrypted) / rate(saved), unit: '×', note: 'vault ÷ age' },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
export default measurement
