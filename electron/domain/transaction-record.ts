// A transaction on the way in: masked for records, original for identities.
import type { TransactionDraft, TransactionField, TransactionKind } from '../../shared/types/transaction.ts'
import { cleanText } from './characters.ts'
import { isPlainNumber, ordinaryText } from './customer-record.ts'
import { currencyWithin, parseAmount, parseDate } from './dates.ts'
import { type ExtraColumns, keptColumns, noColumns, shownColumns } from './extra-columns.ts'
import { hidden } from './masks/index.ts'
import type { KnownValue } from './redact.ts'

/** What identities keep of a transaction: every value verbatim. */
export interface TransactionPayload extends ExtraColumns {
  fields: Record<TransactionField, string>
}

export interface TransactionRecord {
  masked: Record<TransactionField, string> & { kind: TransactionKind }
  warnings: string[]
  payload: TransactionPayload
  /** From {@link shownColumns}. */
  extraColumns: string
}

/** Every field, empty. */
export const emptyTransactionFields: Readonly<Record<TransactionField, string>> = {
  transactionNo: '',
  kind: '',
  customerNo: '',
  complaintNo: '',
  date: '',
  amount: '',
  currency: '',
  status: '',
  description: '',
}

/** The fields of a form as a payload has them. */
export function transactionFieldsOf(draft: TransactionDraft): Record<TransactionField, string> {
  const { extra: _extra, customerId: _customerId, ...fields } = draft
  return { ...emptyTransactionFields, ...fields }
}

/**
 * Masks a transaction. Numbers that a recogniser takes for personal data are hidden; texts are redacted, known values first.
 * @param transaction `extra` by the columns' names in the file
 * @param ofCustomer clear values of the linked customer
 * @param ordinary extra columns whose values everybody may see
 */
export function transactionRecord(
  transaction: { fields: Record<TransactionField, string>; extra: Record<string, string> },
  ofCustomer: readonly KnownValue[],
  ordinary: ReadonlySet<string> = noColumns,
): TransactionRecord {
  const { fields, extra } = transaction
  const warnings: string[] = []
  const number = (raw: string): string => (isPlainNumber(raw) ? raw.trim() : hidden)
  const kind = parseTransactionKind(fields.kind)
  if (kind === undefined) warnings.push('kind:kind-unknown')
  const date = parseDate(fields.date)
  if (date === undefined && fields.date.trim() !== '') warnings.push('date:date-invalid')
  const amount = parseAmount(fields.amount)
  if (amount === undefined && fields.amount.trim() !== '') warnings.push('amount:amount-invalid')
  // A column of amounts often says the currency itself.
  const currency = parseCurrency(fields.currency) ?? currencyWithin(fields.amount)
  if (currency === undefined && fields.currency.trim() !== '') warnings.push('currency:currency-unknown')
  const payload = { fields, ...keptColumns(extra) }
  return {
    masked: {
      transactionNo: number(fields.transactionNo),
      kind: kind ?? 'other',
      customerNo: number(fields.customerNo),
      complaintNo: number(fields.complaintNo),
      date: date?.value ?? '',
      amount: amount ?? '',
      currency: currency ?? '',
      status: ordinaryText(fields.status, ofCustomer),
      description: ordinaryText(fields.description, ofCustomer),
    },
    warnings,
    payload,
    extraColumns: shownColumns(payload, ordinary, (value) => ordinaryText(value, ofCustomer)),
  }
}

const kindWords: Readonly<Record<TransactionKind, readonly string[]>> = {
  order: ['订单', '訂單', '购买', '消费', '销售', '购物', 'purchase', 'sale', 'sales', 'salesorder'],
  payment: ['付款', '支付', '收款', '缴费', '转账', '扣款', '付款單', 'paid', 'pay', 'transfer', 'charge'],
  contract: ['合同', '协议', '合約', '签约', 'agreement', 'policy', 'lease'],
  prepaid: [
    '预付',
    '预付款',
    '预付卡',
    '储值',
    '储值卡',
    '充值',
    '余额',
    '预存',
    '會員儲值',
    'balance',
    'topup',
    'deposit',
    'giftcard',
  ],
  refund: ['退款', '退费', '退货', '退貨', 'return', 'chargeback', 'reversal'],
  other: ['其他', '其它', '其他交易', 'misc'],
}

const kinds = Object.keys(kindWords).filter((key): key is TransactionKind => key in kindWords)
const kindByWord = new Map<string, TransactionKind>(
  kinds.flatMap((kind) => [kind, ...kindWords[kind]].map((word) => [folded(word), kind] as const)),
)

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The kind that a word of a file stands for; `other` where nothing is said, undefined for a word that isn't known. */
export function parseTransactionKind(raw: string): TransactionKind | undefined {
  const word = folded(raw)
  return word === '' ? 'other' : kindByWord.get(word)
}

function parseCurrency(raw: string): string | undefined {
  const text = cleanText(raw).toUpperCase()
  return /^[A-Z]{3}$/u.test(text) && text !== 'RMB' ? text : currencyWithin(text)
}

/** A number for comparison: what a person reads out has no dashes and no capitals. */
export function comparableNumber(raw: string): string {
  return folded(raw)
}
