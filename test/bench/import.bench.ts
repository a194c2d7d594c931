// Bringing customers in.
import type { Measurement } from './measurement.ts'
import { importRows, peerOf, vaultOf } from './subjects.ts'

const measurement: Measurement = {
  title: 'Import',
  about: `${importRows.toLocaleString('en')} generated customers of 10 columns (CSV, UTF-8), from the call at the gate to its answer: read, parse, check, mask, look for duplicates, write both encrypted files with full text and a leaf a row. The peer parses the same file with papaparse and writes it, clear and unchecked, into one plain SQLite file with the same indexes and the same full-text tokens, in one transaction. The ratio is the price of masking, proof and encryption.`,
  run: async () => {
    const peer = await peerOf(importRows)
    const vault = await vaultOf(importRows)
    const rate = (ms: number) => (importRows / ms) * 1000
    return [
      { what: 'vault', value: rate(vault.importMs), unit: 'rows/s' },
      { what: 'one plain SQLite file', value: rate(peer.importMs), unit: 'rows/s', note: 'peer' },
      { what: 'ratio of times', value: vault.importMs / peer.importMs, unit: '×', note: 'vault ÷ peer' },
    ]
  },
}
export default measurement
