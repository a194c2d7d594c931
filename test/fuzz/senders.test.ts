// Calls from anywhere but the main frame of our own origin.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChannelName, contract, isChannel } from '../../shared/contract/index.ts'
import { chromiumOrigin, electronOrigin } from '../../electron/shell/security/origins.ts'
import { codeIn, doorFor, origin } from '../support/gate.ts'
import { record, seed, share } from './support/counts.ts'

const channels = Object.keys(contract).filter((name): name is ChannelName => isChannel(name))

/** Origins that look like ours, or like nothing. */
const forged = [
  '',
  ' ',
  'null',
  'undefined',
  'opaque',
  '*',
  'about:blank',
  'data:',
  'blob:app://guicang',
  'file://',
  'file:///',
  'app://',
  'app:guicang',
  'app:/guicang',
  'app://guicang/',
  'app://guicang.',
  'app://guicang:443',
  'app://guicang:0',
  'app://user@guicang',
  'app://guicang@evil.example',
  'app://guicang%00',
  'app://guicang\0',
  'app://guicang\n',
  ' app://guicang',
  'app://guicang ',
  'app://Guicang',
  'APP://guicang',
  'app://guісang',
  'app://xn--guicang-',
  'app://evil.guicang',
  'app://guicang.evil.example',
  'app2://guicang',
  'http://guicang',
  'https://guicang',
  'https://guicang.invalid.',
  'https://guicang.invalid:443',
  'http://guicang.invalid',
  'https://GUICANG.INVALID',
  'https://www.guicang.invalid',
  'chrome-extension://guicang',
  'devtools://devtools',
  'view-source:app://guicang',
  'filesystem:app://guicang',
]

test('a table of forged origins, and every frame within the window: refused whatever they ask', async () => {
  const { app } = await doorFor('owner', ['records', 'identities'])
  const senders = [
    ...forged.flatMap((one) => [true, false].map((mainFrame) => ({ mainFrame, origin: one }))),
    ...[origin, electronOrigin, chromiumOrigin].map((one) => ({ mainFrame: false, origin: one })),
    // The gate of one host doesn't know the other's origin.
    { mainFrame: true, origin: chromiumOrigin },
  ]
  let count = 0
  for (const sender of senders) {
    for (const name of [...channels, 'no.such']) {
      expect([sender, name, codeIn(await app.invoke(sender, name, {}))]).toEqual([
        sender,
        name,
        'ipc.refused',
      ])
      count += 1
    }
  }
  expect(codeIn(await app.invoke({ mainFrame: true, origin }, 'app.listRecents', {}))).toBe('ok')
  record('calls from forged frames and origins', count)
})

test('whatever stands where the origin belongs, only ours is trusted', async () => {
  const { app } = await doorFor('owner', ['records', 'identities'])
  const near = fc
    .tuple(fc.nat({ max: origin.length }), fc.string({ minLength: 1, maxLength: 3 }), fc.nat({ max: 2 }))
    .map(([at, text, cut]) => origin.slice(0, at) + text + origin.slice(at + cut))
  const senders = fc.oneof(fc.webUrl(), fc.string(), near).filter((one) => one !== origin)
  let count = 0
  await fc.assert(
    fc.asyncProperty(senders, async (one) => {
      expect(codeIn(await app.invoke({ mainFrame: true, origin: one }, 'app.listRecents', {}))).toBe(
        'ipc.refused',
      )
      count += 1
    }),
    { numRuns: share(0.2), seed },
  )
  record('random origins', count)
})
