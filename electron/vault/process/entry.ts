// The vault process: the only one that loads SQLite and holds keys. Started by Node's fork or Electron's utilityProcess.
import { flushCompileCache } from 'node:module'
import { hardenProcess } from './harden.ts'
import { createServer } from './server.ts'

hardenProcess()

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

function parentPort(): ParentPort | undefined {
  const port: unknown = Reflect.get(process, 'parentPort')
  return isParentPort(port) ? port : undefined
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}

const port = parentPort()
const server = createServer(
  (reply) => {
    if (port === undefined) process.send?.(reply)
    else port.postMessage(reply)
  },
  () => new Date(),
)

if (port === undefined) {
  process.on('message', server.receive)
  // Main is gone: nobody may hold keys for nobody.
  process.on('disconnect', () => process.exit(0))
} else {
  port.on('message', ({ data }) => {
    server.receive(data)
  })
}

// Everything is loaded. At its end, by a kill, this process keeps nothing of what was compiled.
flushCompileCache()
