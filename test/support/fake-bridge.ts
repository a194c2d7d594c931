// An in-memory stand-in for the host, only for looking at the screens without a vault (never in a shipped build, never in
// a test of a promise). All people and numbers are made up.
import type { Bridge } from '../../shared/bridge.ts'
import type { AppEvent } from '../../shared/events.ts'
import { complaint, complaintEvents, customer, importBatch, person, session } from './fake-data.ts'

export interface FakeOptions {
  locale: 'zh-CN' | 'en'
  open?: boolean
  identities?: boolean
  customers?: number
  complaints?: number
  nativeDialogs?: boolean
  recents?: boolean
}

type Fake = (input: Record<string, unknown>) => unknown
class Refusal extends Error {}

const codes = [
  'AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE',
  'AGE-SECRET-KEY-1L7AUM6ECHK45NJ3S0WDVT2FG8X9YRZPQL7AUM6ECHK45NJ3S0WDVT2FG8X',
]

/** Builds a bridge that answers every channel from memory. */
export function fakeBridge(options: FakeOptions): Bridge {
  const customers = options.customers ?? 1521
  const complaints = options.complaints ?? 1200
  let open = options.open ?? false
  let identities = options.identities ?? true
  const listeners = new Set<(event: AppEvent) => void>()
  const present = () => session(identities, customers, complaints)
  const requireIdentities = () => {
    if (!identities) throw new Refusal('identities.closed')
  }
  const page = <T>(input: Record<string, unknown>, total: number, make: (index: number) => T) => {
    const offset = typeof input['offset'] === 'number' ? input['offset'] : 0
    const limit = typeof input['limit'] === 'number' ? input['limit'] : 100
    const query = typeof input['query'] === 'string' ? input['query'] : ''
    const shown = query === '' ? total : query === '无' ? 0 : Math.min(total, 37)
    const items = []
    for (let index = offset; index < Math.min(shown, offset + limit); index++) items.push(make(index))
    const searched = query === '' ? 'none' : identities ? 'identities' : 'records'
    return { items, next: null, total: shown, searched }
  }
  const index = (input: Record<string, unknown>) => Number(String(input['id']).slice(-12))

  const channels: Record<string, Fake> = {
    'app.getInfo': () => ({
      version: '0.1.0',
      host: 'chromium',
      locale: options.locale,
      nativeDialogs: options.nativeDialogs ?? false,
      keychain: false,
      platform: 'linux',
      homeFolder: '/home/lin',
      idleLockMs: 300_000,
      openPath: null,
    }),
    'app.setLocale': () => ({ ok: true }),
    'app.listRecents': () => ({
      items:
        options.recents === true
          ? [
              { path: '/home/lin/示例商贸.vault', name: '示例商贸', exists: true },
              { path: '/media/usb/远山贸易.vault', name: '远山贸易', exists: false },
            ]
          : [],
    }),
    'files.choose': () => ({ path: '/home/lin/customers.csv' }),
    'files.browse': () => ({
      folder: '/home/lin',
      parent: '/home',
      entries: [
        { name: '文档', path: '/home/lin/文档', kind: 'folder' },
        { name: '示例商贸.vault', path: '/home/lin/示例商贸.vault', kind: 'vault' },
        { name: 'guicang-customers-20261101', path: '/home/lin/guicang-customers-20261101', kind: 'bag' },
        { name: 'customers-gb18030.csv', path: '/home/lin/customers-gb18030.csv', kind: 'file' },
      ],
    }),
    'jobs.cancel': () => ({ cancelled: true }),
    'vault.getInfo': (input) => {
      if (input['path'] === '/none') throw new Refusal('vault.notFound')
      return {
        formatVersion: 1,
        vaultId: '0190a0b0-0000-7000-8000-000000000001',
        epoch: 1,
        people: [person],
      }
    },
    'vault.checkStrength': (input) => {
      const length = String(input['passphrase']).length
      const score = Math.min(4, Math.floor(length / 4))
      return { score, guessesLog10: length, acceptable: score >= 2, hints: [] }
    },
    'vault.create': (input) => {
      open = true
      return {
        vaultId: '0190a0b0-0000-7000-8000-000000000001',
        path: input['path'],
        recoveryCodes: codes,
        session: present(),
      }
    },
    'vault.createSample': () => {
      open = true
      return { path: '/tmp/sample.vault', session: present() }
    },
    'vault.unlock': (input) => {
      if (input['passphrase'] !== 'right') throw new Refusal('vault.wrongPassphrase')
      open = true
      return present()
    },
    'vault.openIdentities': () => {
      identities = true
      return present()
    },
    'vault.lock': () => {
      open = false
      return { ok: true }
    },
    'vault.getSession': () =>
      open ? { path: '/home/lin/示例商贸.vault', sample: false, session: present() } : null,
    'vault.getStatus': present,
    'vault.checkRecoveryCode': () => ({ ok: true }),
    'vault.recover': present,
    'vault.changePassphrase': () => ({ ok: true }),
    'vault.setProfile': present,
    'vault.verify': () => ({
      ok: true,
      findings: [],
      checked: { records: 2721, identities: 2721, attachments: 0, auditEntries: 412 },
    }),
    'customers.list': (input) => page(input, customers, customer),
    'customers.get': (input) => customer(index(input)),
    'customers.add': () => ({ id: customer(0).id }),
    'customers.update': () => customer(0),
    'customers.reveal': (input) => {
      requireIdentities()
      return Object.fromEntries([input['fields']].flat().map((field) => [String(field), '13800000000']))
    },
    'complaints.list': (input) =>
      page(input, input['customerId'] === undefined ? complaints : Math.min(complaints, 2), complaint),
    'complaints.summary': () => ({
      total: complaints,
      open: complaints === 0 ? 0 : 128,
      byStatus: { received: 40, investigating: 88, closed: 1000 },
      byCategory:
        complaints === 0
          ? []
          : [
              { category: '合同违约', count: 300 },
              { category: '信息泄露', count: 91 },
            ],
    }),
    'complaints.get': (input) => complaintEvents(index(input)),
    'complaints.add': () => ({ id: complaint(0).id, complaintNo: 'TS0001201' }),
    'complaints.update': () => complaint(0),
    'complaints.setStatus': () => complaintEvents(0),
    'complaints.addNote': () => complaintEvents(0),
    'complaints.markReviewed': () => complaintEvents(0),
    'complaints.reveal': () => ({ narrative: '投诉人周小满，手机 13800000000，要求退款。' }),
    'imports.preview': () => ({
      fileName: 'customers-gb18030.csv',
      format: 'csv',
      encoding: 'gb18030',
      delimiter: ',',
      sha256: 'c0ffee'.padEnd(64, '0'),
      kind: 'customers',
      columns: ['客户编号', '客户姓名', '身份证号', '手机号码', '电子邮箱', '联系地址', '备注'],
      mapping: {
        客户编号: 'customerNo',
        客户姓名: 'name',
        身份证号: 'residentId',
        手机号码: 'mobile',
        电子邮箱: 'email',
        联系地址: 'address',
        备注: null,
      },
      rowCount: 1521,
      rejected: 0,
      blank: 0,
      rows: Array.from({ length: 20 }, (_, n) => [
        `KH${String(n).padStart(6, '0')}`,
        '周小满',
        '110101199003070000',
        '13800000000',
        'zhou@example.com',
        '四川省成都市武侯区示例路 1 号',
        '',
      ]),
    }),
    'imports.run': (input) => ({
      ...importBatch,
      kind: undefined,
      dryRun: input['dryRun'] === true,
      dropped: [],
    }),
    'imports.list': () => ({ items: customers === 0 ? [] : [importBatch] }),
    'imports.findings': () => ({
      total: 42,
      items: Array.from({ length: 42 }, (_, n) => ({
        row: n * 31 + 4,
        line: n * 31 + 5,
        outcome: n % 5 === 0 ? 'duplicate' : 'warned',
        field: n % 5 === 0 ? 'residentId' : n % 2 === 0 ? 'mobile' : 'residentId',
        rule: n % 5 === 0 ? 'residentId' : n % 2 === 0 ? 'mobile-short' : 'resident-id-check-digit',
      })),
    }),
    'imports.undo': () => ({ removed: 1521 }),
    'exports.run': (input) => ({
      bag: input['out'],
      files: [
        { path: 'data/customers.csv', rows: 1521, sha256: 'ab12'.padEnd(64, '9') },
        { path: 'data/certificate.pdf', rows: 0, sha256: 'cd34'.padEnd(64, '7') },
      ],
      fingerprint: '3f2a 9c81 77d0 4b1e 0a9b 6655 18c2 e9f4',
    }),
    'bags.verify': () => ({
      valid: false,
      errors: [{ code: 'checksum.mismatch', where: 'data/customers.csv', detail: '' }],
      warnings: [],
      trust: 'unanchored',
    }),
    'audit.list': (input) => {
      const before = typeof input['before'] === 'number' ? input['before'] : 412
      const actions = ['customers.revealed', 'session.unlocked', 'complaints.statusSet', 'imports.run']
      return {
        total: 412,
        items: Array.from({ length: Math.min(100, before) }, (_, n) => ({
          index: before - 1 - n,
          at: new Date(Date.UTC(2026, 10, 23, 6, 0, 0) - n * 3_600_000).toISOString(),
          user: '林晓',
          action: actions[n % actions.length],
          subject: `customer:KH${String(n).padStart(6, '0')}`,
          detail: { reason: '核实来电或来访人身份', fields: ['mobile'] },
        })),
      }
    },
    'audit.verify': () => ({ ok: true, entries: 412, findings: [] }),
    'audit.checkpoint': () => ({
      note: 'guicang/0190a0b0-0000-7000-8000-000000000001\n412\nq1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c=\n\n— guicang/0190a0b0 AAAAAHNpZ25hdHVyZSBtYWRlIHVwIGZvciBhIHNjcmVlbnNob3Q=\n',
    }),
  }

  const bridge = {
    async invoke(channel: string, input: Record<string, unknown>) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      try {
        const fake = channels[channel]
        if (fake === undefined) throw new Refusal('ipc.refused')
        return { ok: true, value: fake(input) }
      } catch (thrown) {
        const code = thrown instanceof Refusal ? thrown.message : 'internal'
        return { ok: false, error: { code, retryable: false, ref: 'k3f9' } }
      }
    },
    onEvent(listener: (event: AppEvent) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  // @ts-expect-error -- the table above is checked by looking, not by types: this file never ships
  return bridge
}
