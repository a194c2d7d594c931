// What a table that leaves has in its columns. Headers say it in both languages, and an import knows them again: what
// stands in brackets explains a name there.
import type { ComplaintField } from '../../../shared/types/complaint.ts'
import type { CustomerField } from '../../../shared/types/customer.ts'
import type { TransactionField } from '../../../shared/types/transaction.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import type { ExtraColumns } from '../../domain/extra-columns.ts'

/** Header of each customer field, in the order of the file. */
export const customerHeaders: Readonly<Record<CustomerField, string>> = {
  customerNo: '客户编号 (Customer no.)',
  name: '姓名 (Name)',
  residentId: '身份证号 (Resident ID)',
  mobile: '手机号码 (Mobile)',
  landline: '座机 (Landline)',
  email: '电子邮箱 (E-mail)',
  address: '联系地址 (Address)',
  bankCard: '银行卡号 (Bank card)',
  birthDate: '出生日期 (Birth date)',
  passport: '护照号 (Passport)',
  registeredOn: '建档日期 (Registered on)',
}

export const complaintHeaders: Readonly<Record<ComplaintField, string>> = {
  complaintNo: '投诉编号 (Complaint no.)',
  customerNo: '客户编号 (Customer no.)',
  customerName: '客户姓名 (Customer name)',
  customerMobile: '客户手机 (Customer mobile)',
  receivedAt: '投诉时间 (Received at)',
  channel: '渠道 (Channel)',
  category: '类别 (Category)',
  subcategory: '子类别 (Subcategory)',
  issue: '问题 (Issue)',
  subIssue: '子问题 (Sub-issue)',
  narrative: '投诉内容 (Narrative)',
  amount: '涉及金额 (Amount)',
  status: '状态 (Status)',
  handler: '处理人 (Handler)',
  outcome: '处理结果 (Outcome)',
  closedAt: '结案时间 (Closed at)',
}

export const transactionHeaders: Readonly<Record<TransactionField, string>> = {
  transactionNo: '交易编号 (Transaction no.)',
  kind: '交易类型 (Kind)',
  customerNo: '客户编号 (Customer no.)',
  complaintNo: '投诉编号 (Complaint no.)',
  date: '交易日期 (Date)',
  amount: '金额 (Amount)',
  currency: '币种 (Currency)',
  status: '状态 (Status)',
  description: '说明 (Description)',
}

const customerOrder = Object.keys(customerHeaders).filter(
  (key): key is CustomerField => key in customerHeaders,
)
const complaintOrder = Object.keys(complaintHeaders).filter(
  (key): key is ComplaintField => key in complaintHeaders,
)
const transactionOrder = Object.keys(transactionHeaders).filter(
  (key): key is TransactionField => key in transactionHeaders,
)

/** Headers of a kind of record, with their fields. */
const headersOf: Readonly<Record<RecordKind, readonly (readonly [field: string, header: string])[]>> = {
  customers: customerOrder.map((field) => [field, customerHeaders[field]]),
  complaints: complaintOrder.map((field) => [field, complaintHeaders[field]]),
  transactions: transactionOrder.map((field) => [field, transactionHeaders[field]]),
}

/**
 * The headers of a table, and of those the ones that it goes without.
 * @param withheld fields that whoever exports may not see
 */
export function headersFor(
  kind: RecordKind,
  withheld: ReadonlySet<string>,
): { headers: string[]; leftOut: string[] } {
  const named = (some: (typeof headersOf)[RecordKind]): string[] => some.map(([, header]) => header)
  return {
    headers: named(headersOf[kind].filter(([field]) => !withheld.has(field))),
    leftOut: named(headersOf[kind].filter(([field]) => withheld.has(field))),
  }
}

export function customerCells(values: Readonly<Record<CustomerField, string>>): string[] {
  return customerOrder.map((field) => values[field])
}

export function complaintCells(values: Readonly<Record<ComplaintField, string>>): string[] {
  return complaintOrder.map((field) => values[field])
}

/** @param withheld fields that whoever exports may not see: they have no cell */
export function transactionCells(
  values: Readonly<Record<TransactionField, string>>,
  withheld: ReadonlySet<string>,
): string[] {
  return transactionOrder.filter((field) => !withheld.has(field)).map((field) => values[field])
}

/** A column may be called `constructor`: what every object has by that name is no cell. */
export function extraCells(payload: ExtraColumns, names: readonly string[]): string[] {
  return names.map((name) => (Object.hasOwn(payload.extra, name) ? payload.extra[name] : undefined) ?? '')
}
