// From the passphrase to the first page on the screen.
import { Decrypter, Encrypter } from 'age-encryption'
import { z } from 'zod'
import { connect } from '../../electron/cli/connection.ts'
import type { Measurement } from './measurement.ts'
import { importRows, openPlain, passphrase, peerOf, percentile, timed, vaultOf } from './subjects.ts'

const page = 100
const row = z.looseObject({ seq: z.number() })

const measurement: Measurement = {
  title: 'Unlock to first page',
  about: `A vault of ${importRows.toLocaleString('en')} customers: start the vault process, derive the key (scrypt 2^18, slow on purpose), open both databases, sweep, check the key file, log the unlock, list the first ${page} customers; against opening the plain file and reading ${page} rows. The ratio is mostly scrypt; the last row says what is left of the wait without it (of that, about half a second is the start of Node).`,
  run: async () => {
    const vault = await vaultOf(importRows)
    await vault.connection.call('vault.lock', {})
    const whole = await timed(5, async () => {
      const connection = connect()
      await connection.call('vault.unlock', { path: vault.path, passphrase })
      await connection.call('customers.list', { limit: page })
      await connection.close()
    })
    await vault.connection.call('vault.unlock', { path: vault.path, passphrase })

    const { path } = await peerOf(importRows)
    const plain = await timed(5, () => {
      const db = openPlain(path)
      z.array(row).parse(db.prepare('SELECT * FROM customers ORDER BY seq LIMIT ?').all(page))
      db.close()
    })
    const encrypter = new Encrypter()
    encrypter.setScryptWorkFactor(18)
    encrypter.setPassphrase(passphrase)
    const slot = await encrypter.encrypt('slot')
    const scrypt = await timed(3, async () => {
      const decrypter = new Decrypter()
      decrypter.addPassphrase(passphrase)
      await decrypter.decrypt(slot)
    })
    const [all, peer, derive] = [percentile(whole, 0.5), percentile(plain, 0.5), percentile(scrypt, 0.5)]
    return [
      { what: 'unlock, first page, lock again', value: all, unit: 'ms', note: 'median of 5' },
      { what: 'plain file, first page', value: peer, unit: 'ms', note: 'peer, median of 5' },
      { what: 'ratio', value: all / peer, unit: '×', note: 'vault ÷ peer' },
      { what: 'opening one age slot alone', value: derive, unit: 'ms', note: 'scrypt 2^18, median of 3' },
      { what: 'without scrypt', value: all - derive, unit: 'ms', note: 'process start, two files, log' },
    ]
  },
}
export default measurement
