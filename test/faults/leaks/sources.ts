// What goes into the vault of the leak hunt, read by a CSV reader alone: the files, every identity in them, and what the
// narratives were planted with.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { z } from 'zod'
import { normaliseResidentId } from '../../../electron/domain/normalise.ts'
import { complaintRow, csvOf, customerRows } from '../../support/rows.ts'
import { sharedData } from '../../support/shared-data.ts'
import { type ClearValue, type ValueKind, writtenForms } from './forms.ts'

type Row = Record<string, string>

const kinds: Readonly<Record<string, ValueKind>> = {
  客户姓名: 'name',
  姓名: 'name',
  身份证号: 'number',
  护照号码: 'number',
  手机号码: 'number',
  手机号: 'number',
  固定电话: 'number',
  银行卡号: 'number',
  电子邮箱: 'email',
  邮箱: 'email',
  联系地址: 'address',
  地址: 'address',
  出生日期: 'date',
  备注: 'text',
}
const customerNo = '客户编号'
const narratives = ['投诉内容', 'Complaint text', 'Consumer complaint narrative']
const texts = [...narratives, '处理结果', 'Outcome']

export interface SourceFile {
  path: string
  kind: 'customers' | 'complaints'
}

export interface Sources {
  files: SourceFile[]
  /** A batch that the job brings in and takes back again, as CSV text. */
  undone: { customers: string; complaints: string }
  /** Identities that stand in no ordinary column of these files. */
  values: ClearValue[]
  /** How many were left out because an ordinary column says the same (a handler's name, a date of both kinds). */
  ordinary: number
  /** Complaints that name customers without saying whose they are, as CSV text: only the recognisers help there. */
  strangers: string
  /** By the number of a complaint: what its text has of the customer to whom it belongs, in whatever written form. */
  linked: ReadonlyMap<string, ClearValue[]>
  /** Every text before it was redacted. */
  narratives: string
}

/** @param long takes the sample files beside the checkout in, where they are there */
export function readSources(long: boolean): Sources {
  const sample = (name: string): string =>
    fileURLToPath(new URL(`../../../resources/sample/${name}`, import.meta.url))
  const files: (SourceFile & { encoding: string })[] = [
    { path: sample('customers.csv'), kind: 'customers', encoding: 'utf-8' },
    { path: sample('complaints.csv'), kind: 'complaints', encoding: 'utf-8' },
    ...(long ? besideTheCheckout() : []),
  ]
  const made = customerRows(30, 500)
  const complaints = made.map((_row, index) => complaintRow(500 + index))
  const tables = files.map(({ path, kind, encoding }) => ({
    kind,
    rows: rowsOf(readFileSync(path), encoding),
  }))
  const customers = tables.filter(({ kind }) => kind === 'customers').flatMap(({ rows }) => rows)
  const cases = tables.filter(({ kind }) => kind === 'complaints').flatMap(({ rows }) => rows)
  const strangers = customers.flatMap(strangerRow)
  const all = distinct([...customers, ...made].flatMap(identitiesOf))
  const ordinary = ordinaryText([...customers, ...cases, ...made, ...complaints])
  const values = all.filter((clear) => !writtenForms(clear).some((form) => ordinary.includes(form)))
  return {
    files,
    undone: { customers: csvOf(made), complaints: csvOf(complaints) },
    values,
    ordinary: all.length - values.length,
    strangers: csvOf(strangers),
    linked: linkedIn(cases, customers),
    narratives: [...cases, ...strangers].map(narrativeOf).join('\n'),
  }
}

function besideTheCheckout(): (SourceFile & { encoding: string })[] {
  const wanted = [
    ['customers-gb18030.csv', 'customers', 'gb18030'],
    ['complaints-zh.csv', 'complaints', 'utf-8'],
    ['cfpb-complaints.csv', 'complaints', 'utf-8'],
  ] as const
  return wanted.flatMap(([name, kind, encoding]) => {
    const path = sharedData(name)
    return path === undefined ? [] : [{ path, kind, encoding }]
  })
}

function rowsOf(bytes: Uint8Array, encoding: string): Row[] {
  const text = new TextDecoder(encoding).decode(bytes)
  const { data } = Papa.parse<Row>(text, { header: true, skipEmptyLines: 'greedy' })
  return data.map((row) => Object.fromEntries(Object.entries(row).filter((cell) => isText(cell[1]))))
}

function isText(cell: unknown): boolean {
  return z.string().safeParse(cell).success
}

/** The identities of a customer's row; a value of one or two letters is nobody's. */
export function identitiesOf(row: Row): ClearValue[] {
  return Object.entries(row).flatMap(([column, cell]) => {
    const kind = kinds[column]
    const value = cell.trim()
    if (kind === undefined || Buffer.byteLength(value) < 5) return []
    return [{ kind, value }]
  })
}

function distinct(values: readonly ClearValue[]): ClearValue[] {
  return [...new Map(values.map((clear) => [clear.value, clear])).values()]
}

/** Everything that may stand in records as it is. */
function ordinaryText(rows: readonly Row[]): string {
  const cells = rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, cell]) =>
      kinds[column] !== undefined || texts.includes(column) ? [] : [cell, cell.replaceAll('/', '-')],
    ),
  )
  return `${[...new Set(cells)].join('\n')}\n${new Date().toISOString().slice(0, 10)}`
}

function narrativeOf(row: Row): string {
  return narratives.map((column) => row[column] ?? '').find((text) => text !== '') ?? ''
}

const wellFormed: readonly [column: string, form: RegExp][] = [
  ['客户姓名', /^\p{Script=Han}{2,4}$/u],
  ['手机号码', /^1\d{10}$/u],
  ['联系地址', /\d+号/u],
  ['电子邮箱', /^[\w.]+@[\w.]+$/u],
  ['银行卡号', /^\d{16,19}$/u],
]

/**
 * A complaint about a customer that names no customer number; the name stands after a cue, as the recognisers want it. None
 * about a customer whose values were typed wrong: no recogniser promises to see a number that isn't one.
 */
function strangerRow(customer: Row, index: number): Row[] {
  if (!wellFormed.every(([column, form]) => form.test(customer[column] ?? ''))) return []
  if (normaliseResidentId(customer['身份证号'] ?? '') === undefined) return []
  const [name = '', mobile = '', residentId = '', email = '', address = '', card = ''] = [
    customer['客户姓名'],
    customer['手机号码'],
    customer['身份证号'],
    customer['电子邮箱'],
    customer['联系地址'],
    customer['银行卡号'],
  ]
  const said = [
    `我叫${name}，手机号${mobile}，要求退款。`,
    `客户${name}（身份证${residentId}）来访，邮箱${email}。`,
    `投诉人${name}，地址是${address}，电话${mobile.replace(/^(\d{3})(\d{4})(\d{4})$/u, '$1 $2-$3')}。`,
    `银行卡${card.replaceAll(/(\d{4})(?=\d)/gu, '$1 ')}被扣款，证件号：${residentId}。`,
  ][index % 4]
  return [{ 投诉编号: `WL${String(index).padStart(5, '0')}`, 类别: '退款', 投诉内容: said ?? '' }]
}

function linkedIn(cases: readonly Row[], customers: readonly Row[]): Map<string, ClearValue[]> {
  const byNumber = new Map(customers.map((row) => [row[customerNo] ?? '', row]))
  const linked = new Map<string, ClearValue[]>()
  for (const row of cases) {
    const customer = byNumber.get(row[customerNo] ?? row['Customer No'] ?? '')
    const number = row['投诉编号'] ?? row['Complaint No'] ?? ''
    if (customer === undefined || linked.has(number)) continue
    const text = narrativeOf(row)
    const values = identitiesOf(customer).filter(
      (clear) => clear.kind !== 'text' && writtenForms(clear).some((form) => text.includes(form)),
    )
    if (values.length > 0) linked.set(number, values)
  }
  return linked
}
