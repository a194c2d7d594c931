// The bare peer of the gate: a child process that answers every message with the message.
export const echoFile = new URL(import.meta.url)

process.on('message', (message) => {
  if (process.send !== undefined && process.argv[1] === import.meta.filename) process.send(message)
})
