// Transactions: lists, sums, forms.
import type { transactions as zh } from '../zh-CN/transactions.ts'

export const transactions: typeof zh = {
  title: 'Transactions',
  none: 'No transactions.',
  fields: {
    transactionNo: 'Transaction no.',
    kind: 'Kind',
    customerNo: 'Customer no.',
    complaintNo: 'Complaint no.',
    date: 'Date',
    amount: 'Amount',
    currency: 'Currency',
    status: 'Status',
    description: 'Description',
  },
  kinds: {
    order: 'Order',
    payment: 'Payment',
    contract: 'Contract',
    prepaid: 'Prepaid balance',
    refund: 'Refund',
    other: 'Other',
  },
  sums: 'Sums',
  sum: '{{kind}}, {{count}}: {{amount}} {{currency}}',
  withoutAmount: '{{n}} of them without a readable amount',
  noCurrency: 'currency not known',
  add: 'Add transaction',
  addTitle: 'Add transaction',
  saved: 'Added.',
  show: 'Show the original',
  unlink: 'Take out of this case',
  link: 'Link transaction',
  linkHint: 'Type a transaction number and choose it to link it to this case.',
  linkNone: 'No transaction number begins like this.',
  more: '{{n}} more not shown',
}
