// A backup against a plain copy of the same folder.
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Measurement } from './measurement.ts'
import { importRows, percentile, timed, vaultOf } from './subjects.ts'

const rows = importRows * 5
const megabyte = 1024 * 1024

const measurement: Measurement = {
  title: 'Backup',
  about: `A vault of ${rows.toLocaleString('en')} customers, open: \`backups.create\` from the call at the gate to its answer: copy both files while they are held still, flush, two digests of every byte, certificate (PDF) and signature, then read all of it again, open both copies, check every page and hold counts and log against the vault. The peer copies the same files, checks nothing and flushes nothing.`,
  run: async () => {
    const { path, connection } = await vaultOf(rows)
    const folder = `${path}.backups`
    mkdirSync(folder)
    const files = ['records.db', 'identities.db', 'vault.json']
    const size = files.reduce((sum, name) => sum + statSync(join(path, name)).size, 0) / megabyte
    const backups: string[] = []
    const peer = await timed(3, (index) => {
      for (const name of files) cpSync(join(path, name), join(folder, `copy-${index}-${name}`))
    })
    const backup = await timed(3, async () => {
      backups.push((await connection.call('backups.create', { to: folder })).backup)
    })
    const verify = await timed(3, (index) =>
      connection.call('backups.verify', { path: backups[index] ?? '' }),
    )
    const [made, copied, checked] = [backup, peer, verify].map((times) => percentile(times, 0.5))
    const rate = (ms = Number.NaN) => (size / ms) * 1000
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    return [
      { what: 'vault', value: size, unit: 'MB' },
      { what: 'backup made and verified', value: rate(made), unit: 'MB/s', note: 'median of 3' },
      { what: 'copy of the files', value: rate(copied), unit: 'MB/s', note: 'peer, median of 3' },
      { what: 'ratio of times', value: (made ?? 0) / (copied ?? 1), unit: '×', note: 'backup ÷ copy' },
      { what: 'bag checked once more', value: rate(checked), unit: 'MB/s', note: 'two digests, median of 3' },
    ]
  },
}
export default measurement
