// Made-up rows for test/support/fake-bridge.ts.
const statuses = [
  'received',
  'acknowledged',
  'investigating',
  'awaiting-customer',
  'resolved',
  'closed',
  'escalated',
]
const names = ['周*', '范**', '张*', '欧阳**', '阿****·***', '林*', '钱*', '孙**']
const uuid = (index: number) => `0190a0b0-0000-7000-8000-${String(index).padStart(12, '0')}`
const pick = <T>(list: readonly T[], index: number) => list[index % list.length]

export const person = {
  id: uuid(0),
  name: '林晓',
  role: 'owner',
  slots: [{ id: 's1', kind: 'passphrase', deviceBound: false }],
}

export function session(identities: boolean, customers: number, complaints: number) {
  return {
    vaultId: uuid(1),
    userId: uuid(0),
    user: '林晓',
    role: 'owner',
    compartments: identities ? ['records', 'identities'] : ['records'],
    warnings: [],
    counts: { customers, complaints, attachments: 0, auditEntries: 412 },
    company: { name: '示例商贸有限公司', creditCode: '', address: '', timeZone: 'Asia/Shanghai' },
    custodian: { name: '清算组', capacity: '', authority: '', contact: '' },
    lastUnlock: '2026-11-22T02:00:00.000Z',
    failedUnlocks: 0,
    lastCheckpoint: '2026-11-22T10:15:00.000Z',
  }
}

export function customer(index: number) {
  const bad = index % 17 === 3
  return {
    id: uuid(index),
    customerNo: `KH${String(index + 1).padStart(6, '0')}`,
    name: pick(names, index),
    residentId: bad ? '***' : `${510100 + (index % 80)}********${String(index % 10000).padStart(4, '0')}`,
    mobile:
      index % 29 === 5 ? '***' : `${130 + (index % 60)}****${String((index * 7) % 10000).padStart(4, '0')}`,
    landline: '',
    email: `${pick(['z', 'f', 'l', 'q'], index)}****@example.com`,
    address: pick(
      ['四川省成都市武侯区****', '北京市海淀区****', '广东省深圳市南山区****', '江苏省南京市****'],
      index,
    ),
    bankCard: `**** **** **** ${String((index * 13) % 10000).padStart(4, '0')}`,
    birthDate: `${1960 + (index % 40)}-**-**`,
    passport: '',
    registeredOn: '2015-07-23',
    extraColumns: ['备注'],
    warnings: bad ? ['residentId:resident-id-check-digit'] : [],
    duplicate: index === 1,
    source: { batchId: uuid(9), fileName: 'customers-gb18030.csv', row: index + 1 },
    revision: 1,
    updatedAt: '2026-11-20T03:00:00.000Z',
  }
}

export function complaint(index: number) {
  return {
    id: uuid(index),
    complaintNo: `TS${String(index + 1).padStart(7, '0')}`,
    customerId: uuid(index % 1521),
    customerNo: `KH${String((index % 1521) + 1).padStart(6, '0')}`,
    customerName: pick(names, index),
    customerMobile: '138****0000',
    receivedAt: `2026-0${(index % 9) + 1}-15T10:16`,
    channel: pick(['电话', '来访', '网络'], index),
    category: pick(['合同违约', '信息泄露', '退款纠纷'], index),
    subcategory: '',
    issue: '',
    subIssue: '',
    status: pick(statuses, index),
    handler: pick(['钱程', '林晓', ''], index),
    amount: String(9551.54 + index),
    closedAt: '',
    narrative:
      '投诉人[姓名 1]，要求删除其个人信息，并说明信息是否泄露。证件号：[证件号 1]。来电号码[手机号 1]，称三月二十日签订的合同至今未履行，多次联系无人答复，要求退还预付款并书面说明原因。',
    outcome: index % 3 === 0 ? '已退款，客户满意' : '',
    unreviewed: index % 2 === 0,
    extraColumns: [],
    warnings: [],
    duplicate: false,
    source: { batchId: uuid(9), fileName: 'complaints-zh.csv', row: index + 1 },
    revision: 1,
    updatedAt: '2026-11-20T03:00:00.000Z',
  }
}

export function complaintEvents(index: number) {
  return {
    complaint: complaint(index),
    events: [
      {
        at: '2026-09-15T02:16:00.000Z',
        user: '林晓',
        kind: 'received',
        from: null,
        to: 'received',
        text: '',
      },
      {
        at: '2026-09-16T03:00:00.000Z',
        user: '林晓',
        kind: 'status',
        from: 'received',
        to: 'acknowledged',
        text: '已电话告知客户。',
      },
      {
        at: '2026-09-18T08:20:00.000Z',
        user: '钱程',
        kind: 'note',
        from: null,
        to: null,
        text: '已调取合同，[姓名 1]所述属实。',
      },
    ],
    nextStatuses: ['investigating', 'awaiting-customer', 'resolved', 'withdrawn', 'escalated'],
  }
}

export const importBatch = {
  batchId: uuid(9),
  kind: 'customers',
  fileName: 'customers-gb18030.csv',
  sha256: 'c0ffee'.padEnd(64, '0'),
  at: '2026-11-20T03:00:00.000Z',
  user: '林晓',
  state: 'live',
  rows: 1521,
  accepted: 1521,
  warned: 42,
  rejected: 0,
  duplicates: 21,
  skipped: 0,
}
