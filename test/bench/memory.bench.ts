// What the processes hold in memory, idle and after an import.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Measurement, Row } from './measurement.ts'
import { importRows, passphrase, vaultOf } from './subjects.ts'

const megabyte = 1024

/** Resident memory of a process in MB; 0 where the system doesn't tell. */
function residentOf(pid: number | string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((text) => text.startsWith('VmRSS:'))
  return Number(/\d+/.exec(line ?? '')?.[0] ?? 0) / megabyte
}

/** Our children that run the vault process. */
function vaultProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        return (
          Number(parent) === process.pid &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('vault/process/entry')
        )
      } catch {
        // Ended between the listing and the look.
        return false
      }
    })
}

const bareNode = (): number =>
  Number(execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss() / 1048576'], { encoding: 'utf8' }))

const measurement: Measurement = {
  title: 'Memory',
  about: `Resident memory (MB) of main’s side of the gate, as the command line runs it, and of the vault process: after an unlock, and after an import of ${importRows.toLocaleString('en')} rows. The peer is a bare Node process. (The window’s own processes are the browser’s.)`,
  run: async () => {
    if (process.platform !== 'linux')
      return [{ what: 'not measured', value: 0, unit: 'MB', note: 'Linux only' }]
    const { connection, path } = await vaultOf(importRows)
    const sum = (): number => vaultProcesses().reduce((total, pid) => Math.max(total, residentOf(pid)), 0)
    const rows: Row[] = [{ what: 'bare Node', value: bareNode(), unit: 'MB', note: 'peer' }]
    rows.push({ what: 'vault process after an import', value: sum(), unit: 'MB' })
    await connection.call('vault.lock', {})
    await connection.call('vault.unlock', { path, passphrase })
    const idle = sum()
    rows.push(
      {
        what: 'vault process after an unlock',
        value: idle,
        unit: 'MB',
        note: 'scrypt’s 256 MB may still be counted',
      },
      { what: 'main', value: residentOf('self'), unit: 'MB', note: 'with this measurement in it' },
      {
        what: 'ratio',
        value: idle / (rows[0]?.value ?? 1),
        unit: '×',
        note: 'vault process after an unlock ÷ bare Node',
      },
    )
    return rows
  },
}
export default measurement
