// The tour's first half: what daily work does with records.
import type { Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { codeText } from '../../shared/locales/index.ts'
import type { Complaint } from '../../shared/types/complaint.ts'
import type { Customer } from '../../shared/types/customer.ts'
import { columnsOf, good, labelled, localTime, tableLines } from './demo-layout.ts'
import { pad } from './output.ts'
import { refusal, type SampleKind, samplePath, type Step, texts, type Tour } from './demo-tour.ts'

const shownCustomers = 12
const shownComplaints = 6

async function importSample(tour: Tour, kind: SampleKind): Promise<Output<'imports.run'>> {
  const result = await tour.call('imports.run', { path: samplePath(kind), kind })
  tour.imported.set(kind, result)
  return result
}

const create: Step = {
  name: 'create',
  run: async (tour) => {
    const start = performance.now()
    const { recoveryCodes } = await tour.call('vault.create', {
      path: tour.vault,
      company: { name: '示例商贸有限公司 Example Trading' },
      custodian: {
        name: '示例 Sample',
        capacity: '保管人 custodian',
        authority: '演示 tour',
        contact: 'records@example.com',
      },
      owner: '示例 Sample',
      passphrase: tour.passphrase,
      deviceBinding: false,
    })
    tour.recoveryCodes = recoveryCodes
    await importSample(tour, 'customers')
    return {
      ok: recoveryCodes.length === 2,
      facts: { recoveryKits: recoveryCodes.length, compartments: 2 },
      say: [tour.words.created(((performance.now() - start) / 1000).toFixed(1))],
    }
  },
}

function customerLine(tour: Tour, customer: Customer): Record<string, string> {
  const { fields } = texts(tour).customers
  const named: Readonly<Record<string, string>> = fields
  const warned = customer.warnings.map((warning) => codeText(named, warning.split(':')[0] ?? '') ?? warning)
  return {
    [tour.words.number]: customer.customerNo,
    [fields.name]: customer.name,
    [fields.residentId]: customer.residentId,
    [fields.mobile]: customer.mobile,
    [fields.address]: customer.address,
    [tour.words.check]: warned.join(' '),
  }
}

const customers: Step = {
  name: 'customers',
  run: async (tour) => {
    const { items, total } = await tour.call('customers.list', { limit: 1000 })
    const clear = items.filter(({ mobile, residentId, bankCard }) =>
      /\d{6}/.test(`${mobile} ${residentId} ${bankCard}`),
    )
    const shown = items.slice(0, shownCustomers)
    return {
      ok: total > 0 && clear.length === 0,
      facts: { total, masked: items.length - clear.length },
      say: [
        tableLines(shown.map((item) => customerLine(tour, item))),
        tour.words.masked(shown.length, total),
      ],
    }
  },
}

function findingLines(tour: Tour, kind: SampleKind, result: Output<'imports.run'>): string[] {
  const { imports, customers: customerTexts, complaints: complaintTexts } = texts(tour)
  const fieldNames: Readonly<Record<string, string>> =
    kind === 'customers' ? customerTexts.fields : complaintTexts.fields
  return result.findings.map(({ row, outcome, field, rule }) => {
    const why =
      outcome === 'duplicate'
        ? codeText(imports.duplicateRules, field)
        : (codeText(imports.warnings, rule) ?? codeText(imports.rejectReasons, rule))
    return [tour.words.row(row), codeText(imports.outcome, outcome), codeText(fieldNames, field), why ?? rule]
      .filter((part) => part !== undefined)
      .join(' · ')
  })
}

const importFiles: Step = {
  name: 'import',
  run: async (tour) => {
    await importSample(tour, 'complaints')
    const facts: Record<string, number> = {}
    const say: (string | string[])[] = []
    let ok = true
    for (const kind of ['customers', 'complaints'] as const) {
      const result = tour.imported.get(kind)
      if (result === undefined) return { ok: false, facts, say }
      const { rows, accepted, warned, rejected, duplicates, skipped } = result
      ok &&= rows === accepted + rejected + skipped
      Object.assign(
        facts,
        Object.fromEntries(
          Object.entries({ rows, accepted, warned, rejected, duplicates }).map(([key, value]) => [
            `${kind}${key.charAt(0).toUpperCase()}${key.slice(1)}`,
            value,
          ]),
        ),
      )
      say.push(
        `${kind}.csv  ${tour.words.numbers(result)}`,
        findingLines(tour, kind, result).map((line) => `      ${line}`),
      )
    }
    return { ok, facts, say }
  },
}

function complaintLines(tour: Tour, shown: readonly Complaint[]): string[] {
  const { status: named } = texts(tour).complaints
  const width = Math.max(...shown.map(({ status }) => columnsOf(named[status])))
  return shown.flatMap(({ complaintNo, status, narrative }) =>
    labelled(`${complaintNo}  ${pad(named[status], width)}`, 12 + width, narrative),
  )
}

const complaints: Step = {
  name: 'complaints',
  run: async (tour) => {
    const { items, total } = await tour.call('complaints.list', { limit: 1000 })
    const redacted = items.filter(({ narrative }) => /\[[^\]]+ \d+\]/.test(narrative))
    const byCategory = new Map(redacted.map((complaint) => [complaint.category, complaint]))
    const shown = [...byCategory.values()].slice(0, shownComplaints)
    const clear = items.filter(({ narrative }) => /\d{11}/.test(narrative))
    return {
      ok: redacted.length > 0 && clear.length === 0,
      facts: { total, redacted: redacted.length },
      say: [complaintLines(tour, shown), tour.words.redacted(shown.length, total)],
    }
  },
}

async function findCaller(tour: Tour): Promise<Customer> {
  const { customerNo } = tour.words.caller
  const { items } = await tour.call('customers.list', { query: customerNo })
  const found = items.find((item) => item.customerNo === customerNo)
  if (found === undefined) throw new GuicangError('record.notFound')
  return found
}

const reveal: Step = {
  name: 'reveal',
  run: async (tour) => {
    const { words } = tour
    const caller = await findCaller(tour)
    const without = await refusal(() =>
      tour.call('customers.reveal', { id: caller.id, fields: ['mobile'], reason: '' }),
    )
    const values = await tour.call('customers.reveal', {
      id: caller.id,
      fields: ['mobile'],
      reason: words.reason,
    })
    const number = values['mobile'] ?? ''
    tour.revealed = number
    const { items } = await tour.call('audit.list', { limit: 1 })
    const logged = items[0]?.action === 'customers.revealed'
    const again = await tour.call('customers.get', { id: caller.id })
    return {
      ok:
        number.length > 8 &&
        number !== caller.mobile &&
        logged &&
        without?.code === 'reason.required' &&
        again.mobile === caller.mobile,
      facts: { field: 'mobile', logged, refusedWithoutReason: without?.code === 'reason.required' },
      say: [
        [`  ${caller.customerNo}  ${caller.name}  ${caller.mobile}  →  ${good(number)}`],
        words.revealed(words.reason),
        words.reasonNeeded,
      ],
    }
  },
}

const caseWork: Step = {
  name: 'case',
  run: async (tour) => {
    const { words } = tour
    const { complaints: complaintTexts } = texts(tour)
    const caller = await findCaller(tour)
    const number = tour.revealed
    const { channel, category, handler } = words.caller
    const narrative = words.caller.narrative(number)
    const { id, complaintNo } = await tour.call('complaints.add', {
      customerId: caller.id,
      narrative,
      channel,
      category,
      handler,
      amount: '320',
    })
    const path = [
      ['acknowledged', words.notes.acknowledged],
      ['investigating', words.notes.investigating],
      ['resolved', words.notes.resolved(number)],
      ['closed', words.notes.closed],
    ] as const
    for (const [status, note] of path) await tour.call('complaints.setStatus', { id, status, note })
    const { complaint, events } = await tour.call('complaints.get', { id })
    const seen = [complaint.narrative, ...events.map(({ text }) => text)].join('\n')
    return {
      ok: complaint.status === 'closed' && !seen.includes(number) && complaint.narrative !== narrative,
      facts: { complaintNo, status: complaint.status, events: events.length },
      say: [
        words.taken(complaintNo),
        labelled('', 4, complaint.narrative),
        events.flatMap(({ at, to, kind, text }) => {
          const step = to === null ? complaintTexts.event[kind] : complaintTexts.status[to]
          return labelled(`${localTime(at).slice(11)}  ${step}`, 24, text)
        }),
      ],
    }
  },
}

const search: Step = {
  name: 'search',
  run: async (tour) => {
    const { words } = tour
    const named = texts(tour).common.nav
    const lines: string[] = []
    let found = 0
    let searches = 0
    for (const kind of ['customers', 'complaints'] as const) {
      for (const query of words.queries[kind]) {
        const { total } = await tour.call(`${kind}.list`, { query, limit: 1 })
        lines.push(`  ${words.hits(query, total, named[kind])}`)
        found += total > 0 ? 1 : 0
        searches += 1
      }
    }
    return { ok: found === searches, facts: { searches, found }, say: [lines] }
  },
}

export const recordSteps: readonly Step[] = [
  create,
  customers,
  importFiles,
  complaints,
  reveal,
  caseWork,
  search,
]
