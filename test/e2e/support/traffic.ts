// Everything that crosses between the window and the gate, as JSON: what the page asked, what it was told, and the news that
// were pushed into it.
import type { App } from '../../../electron/gate/app.ts'

export interface Message {
  direction: 'call' | 'answer' | 'event'
  channel: string
  json: string
}

/** The same app, with each message put down in `messages`. */
export function recordTraffic(app: App, messages: Message[]): App {
  app.onEvent((event) =>
    messages.push({ direction: 'event', channel: event.type, json: JSON.stringify(event) }),
  )
  return {
    ...app,
    invoke: async (sender, channel, input, jobId) => {
      const name = String(channel)
      messages.push({ direction: 'call', channel: name, json: JSON.stringify({ input, jobId }) })
      const result = await app.invoke(sender, channel, input, jobId)
      messages.push({ direction: 'answer', channel: name, json: JSON.stringify(result) })
      return result
    },
  }
}
