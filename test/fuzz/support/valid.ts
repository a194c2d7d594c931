// Inputs as a channel's schema wants them, made from the schema itself, so that a new channel is tried without a word here.
import fc from 'fast-check'
import { z } from 'zod'
import { type ChannelName, contract } from '../../../shared/contract/index.ts'

interface Shape {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null' | undefined
  const?: unknown
  enum?: unknown[] | undefined
  anyOf?: Shape[] | undefined
  oneOf?: Shape[] | undefined
  properties?: Record<string, Shape> | undefined
  required?: string[] | undefined
  additionalProperties?: Shape | boolean | undefined
  items?: Shape | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  format?: string | undefined
  pattern?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
}

const shapeSchema: z.ZodType<Shape> = z.looseObject({
  type: z.enum(['object', 'array', 'string', 'integer', 'number', 'boolean', 'null']).exactOptional(),
  const: z.unknown().exactOptional(),
  enum: z.array(z.unknown()).exactOptional(),
  anyOf: z.lazy(() => z.array(shapeSchema)).exactOptional(),
  oneOf: z.lazy(() => z.array(shapeSchema)).exactOptional(),
  properties: z.lazy(() => z.record(z.string(), shapeSchema)).exactOptional(),
  required: z.array(z.string()).exactOptional(),
  additionalProperties: z.lazy(() => z.union([z.boolean(), shapeSchema])).exactOptional(),
  items: z.lazy(() => shapeSchema).exactOptional(),
  minItems: z.number().exactOptional(),
  maxItems: z.number().exactOptional(),
  minLength: z.number().exactOptional(),
  maxLength: z.number().exactOptional(),
  format: z.string().exactOptional(),
  pattern: z.string().exactOptional(),
  minimum: z.number().exactOptional(),
  maximum: z.number().exactOptional(),
})

/** Words that a person might type, and keys that exist nowhere. */
const words = ['张三', 'Ms O’Neill', '13812345678', '示例', 'a', '退款', 'x@example.org', '2025-03-01 10:00']

/** What the made values are taken from. */
interface Stock {
  /** A folder that no test minds: whatever the schema calls a path stands below it. */
  place: string
  texts: readonly string[]
}

/** @param place a folder that no test minds: whatever the schema calls a path stands below it */
export function validInput(
  channel: ChannelName,
  place: string,
  texts: readonly string[] = words,
): fc.Arbitrary<unknown> {
  const shape = z.toJSONSchema(contract[channel].input, { io: 'input', unrepresentable: 'any' })
  return made(shapeSchema.parse(shape), '', { place, texts })
}

function made(shape: Shape, name: string, stock: Stock): fc.Arbitrary<unknown> {
  const choices = shape.anyOf ?? shape.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => made(choice, name, stock)))
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum)
  switch (shape.type) {
    case 'object':
      return madeObject(shape, stock)
    case 'array':
      return fc.array(made(shape.items ?? {}, name, stock), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.max(shape.minItems ?? 0, Math.min(shape.maxItems ?? 3, 3)),
      })
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(shape.minimum ?? 0, -1000),
        max: Math.min(shape.maximum ?? 1000, 1000),
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return madeText(shape, name, stock)
    default:
      return fc.constant('anything')
  }
}

function madeObject(shape: Shape, stock: Stock): fc.Arbitrary<unknown> {
  const known = Object.entries(shape.properties ?? {})
  if (known.length === 0 && typeof shape.additionalProperties === 'object') {
    const value = made(shape.additionalProperties, '', stock)
    return fc.dictionary(fc.constantFrom('备注', '等级', 'memo'), value, { maxKeys: 3 })
  }
  const fields = Object.fromEntries(known.map(([key, field]) => [key, made(field, key, stock)]))
  return fc.record(fields, { requiredKeys: shape.required ?? [] })
}

function madeText(shape: Shape, name: string, stock: Stock): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 500, format } = shape
  if (format === 'uuid') return fc.uuid({ version: 7 })
  if (format === 'date-time') return fc.constant('2026-01-02T03:04:05.678Z')
  if (format === 'date') return fc.constant('2026-01-02')
  if (name === 'timeZone') return fc.constant('Asia/Shanghai')
  // Paths have a bound of their own; a name of a field says it too.
  if (maxLength === 4096 || /path|folder|^out$|^to$|^bag$/i.test(name))
    return fc
      .constantFrom('none', '没有/也没有', '', ...stock.texts)
      .map((text) => `${stock.place}/${text.replaceAll(/[\0/.]/g, '')}`.slice(0, maxLength))
  if (shape.pattern !== undefined && format === undefined)
    return fc.stringMatching(new RegExp(shape.pattern)).filter((text) => text.length <= maxLength)
  return fc.constantFrom(...stock.texts).map((word) => word.padEnd(minLength, 'x').slice(0, maxLength))
}
