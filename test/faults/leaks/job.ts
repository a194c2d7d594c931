// A working day with a vault, through the gate: everything that a person does, so that whatever leaks has had its chance.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { residentId } from '../../support/rows.ts'
import type { App } from '../../../electron/gate/types.ts'
import { expectWiped, runCasework } from './casework.ts'
import type { ClearValue } from './forms.ts'
import type { Sources } from './sources.ts'

export const company = '示例商贸有限公司'
export const owner = '林晓'
export const passphrases = [
  'a lamp beside 第三扇窗 and a kettle',
  'eleven grey herons 在雨里 waiting',
  'the ferry left 之前 nobody waved',
] as const

/** Who is taken in by hand, and what is typed about them. Nothing of it may stand in clear where masked work goes. */
export const typed = {
  name: '呼延子墨',
  residentId: residentId(911),
  mobile: '19912340987',
  landline: '0571-87654329',
  email: 'huyan.zimo@post.example.org',
  address: '浙江省杭州市西湖区灵隐支路918号7幢3单元1704室',
  formerAddress: '浙江省杭州市拱墅区丽水路5521号2幢',
  bankCard: '6217001860913909966',
  passport: 'E91827364',
  birthDate: '1967-04-23',
  remark: '只在周三晚上接听电话的那位',
  stranger: '15900817263',
} as const

/** The same as values to search for. */
export const typedValues: readonly ClearValue[] = [
  { kind: 'name', value: typed.name },
  { kind: 'number', value: typed.residentId },
  { kind: 'number', value: typed.mobile },
  { kind: 'number', value: typed.landline },
  { kind: 'email', value: typed.email },
  { kind: 'address', value: typed.address },
  { kind: 'address', value: typed.formerAddress },
  { kind: 'number', value: typed.bankCard },
  { kind: 'number', value: typed.passport },
  { kind: 'date', value: typed.birthDate },
  { kind: 'text', value: typed.remark },
  { kind: 'number', value: typed.stranger },
]

export interface JobPlaces {
  vault: string
  /** Masked bags, by what is in them. */
  maskedCustomers: string
  maskedComplaints: string
  clearCustomers: string
  rejects: string
}

/** Where the job puts what, below its folder. Clear outputs and the person's own files stand apart. */
export function placesIn(folder: string): JobPlaces {
  return {
    vault: join(folder, '示例商贸.vault'),
    maskedCustomers: join(folder, 'masked-customers'),
    maskedComplaints: join(folder, 'masked-complaints'),
    clearCustomers: join(folder, 'own', 'clear-customers'),
    rejects: join(folder, 'own', 'rejects.csv'),
  }
}

/** The answer of one call, as it crosses to the caller. */
export interface Answer {
  channel: string
  json: string
  /** Meant to have clear values in it. */
  clear: boolean
}

const clearChannels = ['attachments.preview', 'letters.previewClear']

const reference = z.looseObject({ id: z.string(), revision: z.number().optional() })
const detail = z.looseObject({ complaint: z.looseObject({ revision: z.number() }) })
const listed = z.looseObject({ items: z.array(reference) })

/**
 * @param folder has a folder `own` for what is the person's own: the files they bring, clear exports, letters, rejects
 * @param given paths that another program was given, as it comes to know them
 */
export async function runJob(
  app: App,
  folder: string,
  sources: Sources,
  given: readonly string[],
): Promise<Answer[]> {
  const places = placesIn(folder)
  const answers: Answer[] = []

  async function ask(channel: string, input: object): Promise<unknown> {
    const result = await app.invoke({ mainFrame: true, origin: 'cli' }, channel, input)
    const clear = channel.endsWith('.reveal') || clearChannels.includes(channel)
    answers.push({ channel, json: JSON.stringify(result), clear })
    return result
  }
  async function call<T>(schema: z.ZodType<T>, channel: string, input: object): Promise<T> {
    const result = z
      .looseObject({ ok: z.boolean(), value: z.unknown().optional() })
      .parse(await ask(channel, input))
    if (!result.ok) throw new Error(`${channel} was refused: ${JSON.stringify(result)}`)
    return schema.parse(result.value)
  }
  const anything = z.unknown()
  const refused = async (channel: string, input: object): Promise<void> => {
    const result = z.looseObject({ ok: z.boolean() }).parse(await ask(channel, input))
    if (result.ok) throw new Error(`${channel} was not refused`)
  }
  function own(name: string, text: string): string {
    const path = join(folder, 'own', name)
    writeFileSync(path, text)
    return path
  }

  const created = await call(z.looseObject({ recoveryCodes: z.array(z.string()) }), 'vault.create', {
    path: places.vault,
    company: { name: company },
    owner,
    passphrase: passphrases[0],
    deviceBinding: false,
  })
  // The codes are shown once, at creation: that answer alone is secret by design.
  answers.pop()

  for (const { path, kind } of sources.files)
    await call(anything, 'imports.run', { path, kind, rejectsPath: places.rejects })
  const strangers = own('strangers.csv', sources.strangers)
  await call(anything, 'imports.run', { path: strangers, kind: 'complaints' })

  // Files named after a person: one without a header, one with a column that is named after them too.
  const bare = own(`${typed.mobile}.csv`, `KH9,${typed.name},${typed.residentId},${typed.mobile}\r\n`)
  await refused('imports.run', { path: bare, kind: 'customers' })
  const named = own(
    `${typed.name}女士${typed.mobile}.csv`,
    `客户编号,姓名,手机号,${typed.name}女士备注\r\nKH8,${typed.name},${typed.stranger},${typed.remark}\r\n`,
  )
  await call(anything, 'imports.run', { path: named, kind: 'customers' })
  const broken = own('broken.csv', `姓名,手机号\r\n${typed.name},${typed.mobile},${typed.email},x\r\n`)
  await call(anything, 'imports.run', { path: broken, kind: 'customers', rejectsPath: places.rejects })

  const { id } = await call(reference, 'customers.add', {
    customerNo: 'KH7',
    name: typed.name,
    residentId: typed.residentId,
    mobile: typed.mobile,
    landline: typed.landline,
    email: typed.email,
    address: typed.formerAddress,
    bankCard: typed.bankCard,
    passport: typed.passport,
    birthDate: typed.birthDate,
    extra: { 备注: typed.remark },
  })
  await call(anything, 'customers.update', { id, revision: 1, patch: { address: typed.address } })
  const complaint = await call(reference, 'complaints.add', {
    customerNo: 'KH7',
    category: '退款',
    channel: typed.mobile,
    handler: typed.name,
    narrative: `${typed.name}来电，证件${typed.residentId}，住${typed.address}，卡${typed.bankCard}，请回${typed.email}，护照${typed.passport}。`,
  })
  await call(anything, 'complaints.addNote', {
    id: complaint.id,
    text: `致电 ${typed.mobile}，改打${typed.stranger}`,
  })
  const moved = await call(detail, 'complaints.setStatus', {
    id: complaint.id,
    status: 'investigating',
    note: `${typed.name}同意，邮箱${typed.email}`,
  })
  await call(anything, 'complaints.update', {
    id: complaint.id,
    revision: moved.complaint.revision,
    patch: { outcome: `退到 ${typed.bankCard}，${typed.name}签收` },
  })
  await call(anything, 'complaints.markReviewed', { id: complaint.id })

  await call(anything, 'customers.reveal', {
    id,
    fields: ['name', 'residentId', 'mobile', 'email', 'address', 'bankCard', 'passport', 'extra:备注'],
    reason: `${typed.name}本人来电 ${typed.mobile}`,
  })
  await call(anything, 'complaints.reveal', {
    id: complaint.id,
    fields: ['narrative', 'outcome'],
    reason: `答复${typed.email}`,
  })
  for (const query of [
    typed.mobile,
    typed.name,
    typed.residentId.slice(-6),
    typed.address.slice(9),
    typed.email,
  ]) {
    await call(listed, 'customers.list', { query, limit: 200 })
    await call(listed, 'complaints.list', { query, limit: 200 })
  }
  await call(listed, 'customers.list', { limit: 500 })
  await call(listed, 'complaints.list', { limit: 500 })
  await call(reference, 'customers.get', { id })
  await call(anything, 'complaints.get', { id: complaint.id })
  await call(anything, 'complaints.summary', {})

  await call(anything, 'exports.run', {
    kind: 'customers',
    format: 'csv',
    out: places.maskedCustomers,
    reason: `应客户${typed.name}要求，电话${typed.mobile}`,
  })
  await call(anything, 'exports.run', { kind: 'complaints', format: 'csv', out: places.maskedComplaints })
  await call(anything, 'exports.run', {
    kind: 'customers',
    format: 'csv',
    out: places.clearCustomers,
    clear: true,
    reason: '核对',
  })

  const batch = z.looseObject({ batchId: z.string() })
  const wrongCustomers = own('undone-customers.csv', sources.undone.customers)
  const wrongComplaints = own('undone-complaints.csv', sources.undone.complaints)
  const first = await call(batch, 'imports.run', { path: wrongCustomers, kind: 'customers' })
  const second = await call(batch, 'imports.run', { path: wrongComplaints, kind: 'complaints' })
  for (const { batchId } of [second, first]) await call(anything, 'imports.undo', { batchId })
  await call(anything, 'imports.list', {})
  await call(anything, 'imports.findings', { batchId: first.batchId, limit: 500 })

  // Refusals, each with a clear value where a careless error would repeat it.
  await refused('customers.reveal', { id, fields: [typed.mobile], reason: '核对' })
  await refused('customers.add', { name: typed.name, [typed.mobile]: typed.email })
  await refused('imports.run', { path: join(folder, 'own', `${typed.residentId}.csv`), kind: 'customers' })
  await refused('imports.run', { path: named, kind: 'customers', mapping: { [typed.residentId]: 'nothing' } })
  await refused('exports.run', {
    kind: 'customers',
    format: 'csv',
    out: places.clearCustomers,
    clear: true,
    reason: typed.name,
  })
  await refused('complaints.setStatus', { id: complaint.id, status: typed.name })

  await runCasework({ call, refused, own, folder: join(folder, 'own') })

  await call(anything, 'vault.changePassphrase', {
    passphrase: passphrases[0],
    newPassphrase: passphrases[1],
  })
  await call(anything, 'vault.lock', {})
  expectWiped(given)
  await refused('vault.unlock', { path: places.vault, passphrase: passphrases[0] })
  await call(anything, 'vault.unlock', { path: places.vault, passphrase: passphrases[1] })
  await call(anything, 'vault.verify', {})
  await call(anything, 'audit.verify', {})
  await call(anything, 'audit.checkpoint', {})
  await call(anything, 'audit.list', { limit: 1000 })
  await call(anything, 'bags.verify', { path: places.maskedCustomers })
  await call(anything, 'vault.lock', {})
  await call(anything, 'vault.recover', {
    path: places.vault,
    recoveryCode: created.recoveryCodes[1] ?? '',
    newPassphrase: passphrases[2],
    deviceBinding: false,
  })
  await call(anything, 'vault.getSession', {})
  await call(anything, 'vault.verify', {})
  await call(anything, 'vault.lock', {})
  return answers
}
