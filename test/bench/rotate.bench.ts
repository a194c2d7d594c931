// Renewing the keys against a plain copy of the same files.
import { cpSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Measurement } from './measurement.ts'
import { importRows, percentile, timed, vaultOf } from './subjects.ts'

const rows = importRows * 5
const megabyte = 1024 * 1024

const measurement: Measurement = {
  title: 'Renewal of keys',
  about: `A vault of ${rows.toLocaleString('en')} customers, open: \`vault.rotate\` from the call at the gate to its answer: both files copied, the copies re-encrypted under new keys, checked by SQLite, flushed and swapped in, and the new keys sealed to everybody. The peer copies the same files, re-encrypts nothing, checks nothing and flushes nothing.`,
  run: async () => {
    const { path, connection } = await vaultOf(rows)
    const files = ['records.db', 'identities.db']
    const size = files.reduce((sum, name) => sum + statSync(join(path, name)).size, 0) / megabyte
    const peer = await timed(3, () => {
      for (const name of files) cpSync(join(path, name), `${path}.copy-${name}`)
    })
    const rotation = await timed(3, () => connection.call('vault.rotate', {}))
    for (const name of files) rmSync(`${path}.copy-${name}`)
    const [made = 1, copied = 1] = [rotation, peer].map((times) => percentile(times, 0.5))
    return [
      { what: 'both files', value: size, unit: 'MB' },
      { what: 'renewal', value: (size / made) * 1000, unit: 'MB/s', note: 'median of 3' },
      { what: 'copy of the files', value: (size / copied) * 1000, unit: 'MB/s', note: 'peer, median of 3' },
      { what: 'ratio of times', value: made / copied, unit: '×', note: 'renewal ÷ copy' },
    ]
  },
}
export default measurement
