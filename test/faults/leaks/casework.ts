// The part of the working day with files, letters, callers and many cases at once; with planted values of its own.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FileOpener } from '../../../electron/gate/types.ts'
import { residentId } from '../../support/rows.ts'
import type { ClearValue } from './forms.ts'

/** Whom the cases are about. Identities keep it; nothing else of the vault's does. */
const kept = {
  name: '尉迟望舒',
  residentId: residentId(917),
  mobile: '18612349075',
  email: 'yuchi.wangshu@mail.example.net',
  address: '陕西省西安市碑林区长乐坊里3391号5幢2单元1102室',
  otherAddress: '陕西省咸阳市秦都区渭阳西路6617号',
  /** Typed into notes and the name of a file only. */
  stranger: '17712093846',
} as const

/** What a caller says who is somebody else: it is compared, and kept nowhere. */
const said = {
  name: '轩辕未央',
  birthDate: '1983-11-29',
  orderNo: 'DD99081726354',
  addressPart: '永兴桥7788号西侧',
} as const

/** What stands in the text of the file alone: its clear bytes go where the person wants them. */
const inFile = { name: '濮阳听雪', residentId: residentId(923), mobile: '13340917725' } as const

export const keptValues: readonly ClearValue[] = [
  { kind: 'name', value: kept.name },
  { kind: 'number', value: kept.residentId },
  { kind: 'number', value: kept.mobile },
  { kind: 'email', value: kept.email },
  { kind: 'address', value: kept.address },
  { kind: 'address', value: kept.otherAddress },
  { kind: 'number', value: kept.stranger },
]
export const saidValues: readonly ClearValue[] = [
  { kind: 'name', value: said.name },
  { kind: 'date', value: said.birthDate },
  { kind: 'number', value: said.orderNo },
  { kind: 'address', value: said.addressPart },
]
export const fileValues: readonly ClearValue[] = [
  { kind: 'name', value: inFile.name },
  { kind: 'number', value: inFile.residentId },
  { kind: 'number', value: inFile.mobile },
]
export const caseworkValues: readonly ClearValue[] = [...keptValues, ...saidValues, ...fileValues]

// As telephones name what they record.
const fileName = `${kept.name}_${kept.stranger}_20260301.txt`
const fileText = `收款人：${inFile.name}\n证件：${inFile.residentId}\n电话：${inFile.mobile}\n付款人：${kept.name}，${kept.mobile}\n`
const reason = `${kept.name}来电 ${kept.mobile}`

/** A program for texts and letters: it is given a file that it can read. Answers what it was given, too. */
export function reader(): { opener: FileOpener; given: string[] } {
  const given: string[] = []
  return {
    given,
    opener: {
      available: () => Promise.resolve(true),
      open: (path) => {
        given.push(path)
        const text = readFileSync(path, 'utf8')
        return Promise.resolve(path.endsWith('letter.pdf') ? text.startsWith('%PDF-') : text === fileText)
      },
    },
  }
}

/** @throws Error when a copy that another program was given is still there, or none was given */
export function expectWiped(given: readonly string[]): void {
  if (given.length === 0 || given.some((path) => existsSync(path)))
    throw new Error(`of ${given.length} clear copies some are still there`)
}

/** What the job works with. */
export interface Desk {
  /** @throws Error when it is refused */
  call<T>(schema: z.ZodType<T>, channel: string, input: object): Promise<T>
  /** @throws Error when it isn't */
  refused(channel: string, input: object): Promise<void>
  /** A file of the person's own. */
  own(name: string, text: string): string
  /** The folder of the person's own files. */
  folder: string
}

const anything = z.unknown()
const reference = z.looseObject({ id: z.string() })
const attached = z.looseObject({ attachmentId: z.string() })

/** Two cases of one customer, with all that is done on them. */
export async function runCasework({ call, refused, own, folder }: Desk): Promise<void> {
  await call(anything, 'vault.setProfile', {
    company: { name: '示例商贸有限公司', address: '上海市黄浦区中山东一路1号' },
    custodian: {},
  })
  const { name, mobile, email, address, otherAddress, stranger } = kept
  const person = { name, mobile, email, address, residentId: kept.residentId }
  const customer = await call(reference, 'customers.add', { customerNo: 'KH6', ...person })
  const twin = await call(reference, 'customers.add', {
    customerNo: 'KH5',
    name,
    mobile,
    address: otherAddress,
  })
  const narrative = `${name}来电，住${address}，要求退款，请回${email}。`
  const complaint = { customerNo: 'KH6', category: '退款', narrative }
  const first = await call(reference, 'complaints.add', complaint)
  const second = await call(reference, 'complaints.add', {
    ...complaint,
    narrative: `${narrative}再次催办。`,
  })
  await workWithFiles({ call, refused, own, folder }, first.id)
  await writeLetters({ call, refused, own, folder }, [first.id, second.id])

  const { bulkId } = await call(z.looseObject({ bulkId: z.string() }), 'complaints.bulk', {
    ids: [first.id, second.id],
    status: 'acknowledged',
    note: `已致电${mobile}，改打${stranger}，${name}认可`,
    patch: { severity: 'high' },
  })
  await call(anything, 'complaints.undoBulk', { bulkId })

  await call(anything, 'customers.duplicates', { id: customer.id })
  const ids = { keepId: customer.id, mergeId: twin.id }
  const { mergeId } = await call(z.looseObject({ mergeId: z.string() }), 'customers.merge', {
    ...ids,
    reason: `同一人，${reason}`,
  })
  await call(anything, 'customers.overview', { id: customer.id })
  await call(anything, 'customers.unmerge', { mergeId })

  await call(anything, 'customers.verifyCaller', { id: customer.id, answers: said })
  await call(anything, 'customers.verifyCaller', {
    id: customer.id,
    answers: { name, mobileLast4: mobile.slice(-4) },
  })
  await refused('customers.verifyCaller', {
    id: customer.id,
    answers: { ...said, mobileLast4: said.orderNo },
  })
  for (const { id } of [first, second]) await call(anything, 'complaints.get', { id })
}

async function workWithFiles({ call, refused, own, folder }: Desk, complaintId: string): Promise<void> {
  const path = own(fileName, fileText)
  const note = `${kept.name}寄来，电话${kept.stranger}`
  const { attachmentId: id } = await call(attached, 'attachments.add', { complaintId, path, note })
  await call(anything, 'attachments.list', { complaintId })
  await call(anything, 'attachments.preview', { id, reason })
  await call(anything, 'attachments.save', { id, out: join(folder, 'saved.txt'), reason })
  await call(anything, 'attachments.open', { id, reason })
  const wrong = await call(attached, 'attachments.add', {
    complaintId,
    path: own(`误-${fileName}`, fileName),
  })
  await call(anything, 'attachments.remove', { id: wrong.attachmentId, reason: `误存，${reason}` })
  await call(anything, 'attachments.list', { complaintId })
  // Refusals that know the file by its name.
  await refused('attachments.add', { complaintId, path: join(folder, `不在-${fileName}`) })
  await refused('attachments.save', { id, out: path, reason })
  await refused('attachments.open', { id, reason: '' })
}

async function writeLetters({ call, refused, folder }: Desk, ids: readonly string[]): Promise<void> {
  const [complaintId = ''] = ids
  const progress = `已与客户${kept.name}（${kept.mobile}）核对，另电${kept.stranger}。`
  const letter = { templateId: 'interim', lang: 'zh-CN', fields: { progress } }
  const typed = { ...letter.fields, customerName: kept.name, customerAddress: kept.otherAddress }
  for (const fields of [letter.fields, typed]) {
    await call(anything, 'letters.preview', { ...letter, fields, complaintId })
    await call(anything, 'letters.previewClear', { ...letter, fields, complaintId, reason })
  }
  const out = join(folder, 'letter.pdf')
  const { letterId } = await call(z.looseObject({ letterId: z.string() }), 'letters.render', {
    ...letter,
    complaintId,
    out,
    reason,
  })
  await call(anything, 'letters.render', {
    ...letter,
    fields: typed,
    complaintId,
    out: join(folder, 'draft.pdf'),
    send: false,
    reason,
  })
  await call(anything, 'letters.list', { complaintId })
  await call(anything, 'letters.reveal', { id: letterId, reason })
  await call(anything, 'letters.open', { id: letterId, reason })
  await call(anything, 'letters.copy', { id: letterId, out: join(folder, 'copy.pdf'), reason })
  await call(anything, 'letters.batch', { ...letter, ids, folder: join(folder, 'letters') })
  await refused('letters.render', { ...letter, fields: typed, complaintId, out })
  await refused('letters.render', {
    ...letter,
    fields: { answerBy: kept.name },
    complaintId,
    out: `${out}.pdf`,
  })
}
