// Everything that a hostile page, a broken script or a wrong type could put into a message.
import fc from 'fast-check'
import { type ChannelName } from '../../../shared/contract/index.ts'
import { validInput } from './valid.ts'

/** Stands in every planted value: wherever it turns up again, something of the input was echoed. */
export const marker = '泄漏标记13812345678'

const holes = (): unknown[] => {
  const list: unknown[] = []
  list.length = 5
  list[3] = marker
  return list
}

function cyclic(): object {
  const ring: Record<string, unknown> = { name: marker }
  ring['self'] = ring
  ring['list'] = [ring, [ring]]
  return ring
}

function deep(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = marker
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

function throwing(): object {
  return Object.defineProperty({}, 'name', {
    enumerable: true,
    get: () => {
      throw new Error(marker)
    },
  })
}

/** An `await` of it would throw. */
function thenable(): object {
  const made = {}
  Reflect.set(made, 'then', () => {
    throw new Error(marker)
  })
  return made
}

/** Throws whatever is asked of it. Symbols are spared, by which the generator itself asks. */
function hostileProxy(): object {
  const refuse = (): never => {
    throw new Error(marker)
  }
  return new Proxy(
    {},
    {
      get: (_target, key) => (typeof key === 'symbol' ? undefined : refuse()),
      has: (_target, key) => (typeof key === 'symbol' ? false : refuse()),
      ownKeys: refuse,
      getPrototypeOf: refuse,
    },
  )
}

class Odd {
  readonly name = marker
  toJSON(): never {
    throw new Error(marker)
  }
}

/** JSON makes own properties of these names, where a literal would set the prototype. */
export const protoObjects: readonly string[] = [
  `{"__proto__": {"polluted": "${marker}"}}`,
  `{"constructor": {"prototype": {"polluted": "${marker}"}}}`,
  `{"prototype": {"polluted": "${marker}"}, "toString": "${marker}", "hasOwnProperty": 1}`,
  `{"__proto__": null, "valueOf": {"__proto__": {"polluted": 1}}}`,
  `{"extra": {"__proto__": "${marker}", "constructor": "${marker}"}}`,
  `{"mapping": {"__proto__": "name", "constructor": "mobile"}}`,
  `{"patch": {"__proto__": {"name": "${marker}"}}, "__defineGetter__": 1}`,
]

/** Values that survive the way between processes. */
export const cloneable: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    0,
    -0,
    -1,
    Infinity,
    NaN,
    2 ** 53,
    -(2 ** 63),
    '',
    ' ',
    '\0',
    `${marker}\0${marker}`,
    `\ud800${marker}`,
    `${marker}\udc00\udfff`,
    '\u202e\u2066\u200b\ufeff',
    `'; DROP TABLE customers; -- ${marker}`,
    '__proto__',
    'constructor',
    '../../../../etc/passwd',
    new Date(0),
    new Date(NaN),
    new Uint8Array(64),
    new Float64Array(8),
    new ArrayBuffer(16),
    new DataView(new ArrayBuffer(4)),
    new Map([[marker, marker]]),
    new Set([marker]),
    /x/,
    new Error(marker),
    10n ** 30n,
  ),
  fc.constantFrom(501, 4097, 10_001, 100_001).map((length) => marker.repeat(length / 10).slice(0, length)),
  fc.constantFrom(...protoObjects).map((text): unknown => JSON.parse(text)),
  fc.constantFrom(15, 1000, 5000).map((levels) => deep(levels, (inner) => [inner])),
  fc.constantFrom(15, 1000, 5000).map((levels) => deep(levels, (inner) => ({ extra: inner }))),
  fc.constantFrom(60, 2000).map((length) => Array.from({ length }, () => marker)),
  fc.constant(null).map(holes),
  fc.constant(null).map(cyclic),
  fc.anything({ withBigInt: true, withDate: true, withSparseArray: true, withTypedArray: true, maxDepth: 3 }),
)

/** Values that only code in the same process can give. */
const alien: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .constantFrom<() => unknown>(
      throwing,
      hostileProxy,
      () => new Odd(),
      () => Symbol(marker),
      () => () => marker,
      () => Promise.resolve(marker),
      thenable,
      () => new WeakMap(),
      () => Object.create({ name: marker }),
      () => Object.create(null),
      () => new String(marker),
      () => new Proxy([marker], {}),
    )
    .map((make) => make()),
  fc.anything({ withMap: true, withSet: true, withNullPrototype: true, withObjectString: true, maxDepth: 3 }),
)

export const malformed: fc.Arbitrary<unknown> = fc.oneof({ weight: 3, arbitrary: cloneable }, alien)

const oddKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'then',
  'x'.repeat(5000),
  '备注\0',
  '0',
]

/** A valid input with one thing wrong: a field replaced, one too many, one too few, or wrapped once more. */
function damaged(value: unknown, bad: unknown, at: number, key: string): unknown {
  if (typeof value !== 'object' || value === null) return bad
  const entries = Object.entries(value)
  const chosen = entries.length === 0 ? undefined : entries[at % entries.length]
  const kinds = ['replace', 'deeper', 'more', 'fewer', 'wrap'] as const
  const kind = kinds[at % kinds.length]
  const others = entries.filter(([name]) => name !== chosen?.[0])
  switch (kind) {
    case 'replace':
      return chosen === undefined ? bad : ownly([...others, [chosen[0], bad]])
    case 'deeper':
      return chosen === undefined
        ? bad
        : ownly([...others, [chosen[0], damaged(chosen[1], bad, Math.floor(at / 5), key)]])
    case 'more':
      return ownly([...entries, [key, bad]])
    case 'fewer':
      return ownly(others)
    default:
      return [value]
  }
}

/** `Object.fromEntries` defines, so that a key `__proto__` is a property and sets no prototype. */
function ownly(entries: (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries)
}

/** Texts that a schema takes, and nobody would type. */
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  `${marker}\0`,
  `\ud800${marker}\udfff`,
  `'; DROP TABLE customers; -- ${marker}`,
  `" OR ""="${marker}`,
  `%${marker}_`,
  `* NEAR(${marker}) AND "`,
  '\u202e\u2066\u200b\ufeff',
  `__proto__`,
  `extra:__proto__`,
  `extra:${marker}`,
  'constructor',
  '../../etc/passwd',
  'e\u0301'.repeat(40),
  '𠮷👩‍👩‍👧‍👦',
  '9'.repeat(90),
  '2025-13-45T99:99:99.999Z',
  '-1e999',
  marker.repeat(30),
  '\n\r\t\v\f\u2028',
]

/** Inputs of a channel that are right but for one thing, or of the right shape with odd texts in it. */
export function nearlyValid(
  channel: ChannelName,
  place: string,
  bad: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const oneWrong = fc
    .tuple(validInput(channel, place), bad, fc.nat({ max: 999 }), fc.constantFrom(...oddKeys))
    .map(([valid, wrong, at, key]) => damaged(valid, wrong, at, key))
  return fc.oneof(oneWrong, validInput(channel, place, oddTexts))
}
