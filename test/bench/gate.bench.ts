// One request through the door, against the cheapest thing of its kind: an echo between two Node processes.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { echoFile } from './echo.ts'
import type { Measurement } from './measurement.ts'
import { importRows, percentile, timed, vaultOf } from './subjects.ts'

const times = 2000

const measurement: Measurement = {
  title: 'Gate round trip',
  about:
    '`customers.get` through the gate (sender, channel, role, schema on the way in, schema on the way out), over the port to the vault process and back, one after the other; against a bare `fork` echo of the same answer. The ratio is what checks, a query and decryption cost on top of the two hops between processes.',
  run: async () => {
    const { call } = (await vaultOf(importRows)).connection
    const { items } = await call('customers.list', { limit: 1 })
    const [first] = items
    if (first === undefined) throw new Error('an empty vault')
    const get = () => call('customers.get', { id: first.id })
    await timed(200, get)
    const gate = await timed(times, get)

    const child = fork(fileURLToPath(echoFile), [], {
      serialization: 'advanced',
      execArgv: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    })
    const echo = () =>
      new Promise<void>((done) => {
        child.once('message', () => {
          done()
        })
        child.send({ type: 'call', id: 1, answer: first })
      })
    await timed(200, echo)
    const bare = await timed(times, echo)
    child.kill()

    const us = (numbers: number[], share: number) => percentile(numbers, share) * 1000
    return [
      { what: 'customers.get, p50', value: us(gate, 0.5), unit: 'µs' },
      { what: 'customers.get, p95', value: us(gate, 0.95), unit: 'µs' },
      { what: 'fork echo, p50', value: us(bare, 0.5), unit: 'µs', note: 'peer' },
      { what: 'fork echo, p95', value: us(bare, 0.95), unit: 'µs', note: 'peer' },
      { what: 'ratio at p50', value: us(gate, 0.5) / us(bare, 0.5), unit: '×', note: 'gate ÷ echo' },
    ]
  },
}
export default measurement
