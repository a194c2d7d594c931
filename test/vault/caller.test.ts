// Who is calling: match or no match, a verdict, and never more; nobody asks at will.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CallerAnswers } from '../../shared/types/customer-work.ts'
import { handlers } from '../../electron/vault/process/handlers.ts'
import { verifyCaller } from '../../electron/vault/usecases/verify-caller.ts'
import { customerIdSchema } from '../../shared/types/ids.ts'
import { realDoor } from '../support/gate.ts'
import { openAs, ownPassphrase, settledPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  dump,
  lock,
  present,
  rawDb,
  refusal,
  type TestVault,
} from '../support/vault.ts'

const clear = {
  name: '欧阳懿一',
  mobile: '+86 138 9248 3177',
  residentId: '11010519491231002X',
  address: '浙江省杭州市西湖区文三路7号2单元601室',
  bankCard: '6222 0212 3456 7890 128',
}

async function aCustomer(vault: TestVault, fields: Record<string, string> = clear): Promise<string> {
  const { id } = await vault.call('customers.add', { customerNo: 'K1', ...fields })
  await vault.call('transactions.add', {
    customerId: id,
    transactionNo: 'HT-2025-7',
    amount: '1',
    currency: 'CNY',
  })
  return id
}

const ask = (vault: TestVault, id: string, answers: CallerAnswers) =>
  vault.call('customers.verifyCaller', { id, answers })

describe('what a caller says', () => {
  test('is held against the vault however it is written, and told as match or no match', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    const right = {
      name: ' 欧阳 懿一',
      mobileLast4: '３１７７',
      residentIdLast4: '002x',
      bankCardLast4: '0128',
      birthDate: '1949年12月31日',
      orderNo: 'ht 2025 7',
      addressPart: '文三路7号',
    }
    const all = await ask(vault, id, right)
    expect(all.verdict).toBe('verified')
    expect(all.items).toEqual(Object.keys(right).map((field) => ({ field, match: true })))
    const wrong = {
      name: '欧阳懿二',
      mobileLast4: '3178',
      residentIdLast4: '0021',
      bankCardLast4: '0127',
      birthDate: '1949-12-30',
      orderNo: 'HT20258',
      addressPart: '文三路8号',
    }
    const none = await ask(vault, id, wrong)
    expect(none.verdict).toBe('notVerified')
    expect(none.items.every(({ match }) => match === false)).toBe(true)
  })

  test('comes to a verdict: two right of which one strong, one slip forgiven, a wrong name never', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    const verdict = async (answers: CallerAnswers) => {
      await vault.reopen()
      // Each on a customer of its own clock: the limit is another test's.
      const context = {
        ...contextOf(vault.session),
        now: () => new Date(Date.now() + (hours += 2) * 3_600_000),
      }
      return verifyCaller(context, { id: customerIdSchema.parse(id), answers }).verdict
    }
    let hours = 0
    expect(await verdict({ name: clear.name })).toBe('insufficient')
    expect(await verdict({ name: clear.name, addressPart: '文三路7号' })).toBe('insufficient')
    expect(await verdict({ name: clear.name, mobileLast4: '3177' })).toBe('verified')
    expect(await verdict({ mobileLast4: '3177', orderNo: 'HT-2025-7', birthDate: '1949-01-01' })).toBe(
      'verified',
    )
    expect(await verdict({ name: '张三', mobileLast4: '3177', orderNo: 'HT-2025-7' })).toBe('notVerified')
    expect(await verdict({ mobileLast4: '3177', birthDate: '1949-01-01' })).toBe('notVerified')
  })

  test('of what the vault doesn’t hold is unknown, whatever is said', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { name: clear.name })
    for (const answer of ['3177', '0000']) {
      const { items, verdict } = await ask(vault, id, {
        mobileLast4: answer,
        residentIdLast4: answer,
        orderNo: answer,
        birthDate: '1949-12-31',
        addressPart: `文三路${answer}`,
      })
      expect(items.map(({ match }) => match)).toEqual(Array(5).fill('unknown'))
      expect(verdict).toBe('insufficient')
    }
  })

  test('that proves nothing is refused before anything is compared, alike for every customer', async () => {
    const vault = await aVault()
    const full = await aCustomer(vault)
    const { id: bare } = await vault.call('customers.add', { name: '范明远' })
    const before = (await vault.call('audit.list', { action: 'customers.callerChecked' })).total
    for (const answers of [
      { mobileLast4: '177' },
      { mobileLast4: '92483177' },
      { residentIdLast4: 'X' },
      { bankCardLast4: '01x8' },
      { addressPart: '7号' },
      { addressPart: ' 文 三 路 ' },
      { birthDate: '不记得' },
      { orderNo: '7' },
      {},
      { name: '  ' },
    ]) {
      const told = await refusal(ask(vault, full, answers))
      expect(told.code).toBe('input.invalid')
      expect((await refusal(ask(vault, bare, answers))).fields).toEqual(told.fields)
    }
    // The district stands in the mask for everybody.
    expect((await refusal(ask(vault, full, { addressPart: '杭州市西湖区' }))).fields).toEqual([
      { field: 'addressPart', rule: 'shown' },
    ])
    expect((await vault.call('audit.list', { action: 'customers.callerChecked' })).total).toBe(before)
  })

  test('is neither in records nor in identities afterwards; the log has counts', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    await ask(vault, id, { name: '申屠不存在', orderNo: 'NEVER-STORED-42' })
    const [entry] = (await vault.call('audit.list', { action: 'customers.callerChecked' })).items
    expect(present(entry)).toMatchObject({
      subject: id,
      detail: { fields: ['name', 'orderNo'], right: 0, wrong: 2, unknown: 0, verdict: 'notVerified' },
    })
    for (const compartment of ['records', 'identities'] as const) {
      const db = rawDb(join(vault.dir, `${compartment}.db`), present(vault.session.keys[compartment]))
      const cells = dump(db).join('\n')
      db.close()
      expect(cells).not.toContain('申屠不存在')
      expect(cells.toLowerCase()).not.toContain('never-stored')
    }
  })
})

describe('nobody asks at will', () => {
  test('five times an hour of one customer, by whomever and under whichever of its merged records', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    const { id: other } = await vault.call('customers.add', { name: clear.name })
    await vault.call('customers.merge', { keepId: id, mergeId: other, reason: '同一人' })
    let now = Date.now()
    const at = (of: string) =>
      handlers['customers.verifyCaller'](
        { ...contextOf(vault.session), now: () => new Date(now) },
        { id: of, answers: { mobileLast4: '0000' } },
      )
    for (let time = 0; time < 5; time += 1) await at(time % 2 === 0 ? id : other)
    const refused = await refusal(at(id))
    expect([refused.code, refused.fields]).toEqual(['caller.tooMany', [{ field: 'customer', rule: 'hour' }]])
    expect(await codeOf(at(other))).toBe('caller.tooMany')
    now += 3_599_000
    expect(await codeOf(at(id))).toBe('caller.tooMany')
    now += 2_000
    await at(id)
    // A lock in between makes nobody anew.
    await vault.reopen()
    for (let time = 0; time < 4; time += 1) await at(id)
    expect(await codeOf(at(id))).toBe('caller.tooMany')
  })

  test('thirty times an hour by one person, whomever they ask about', async () => {
    const vault = await aVault()
    const now = Date.now()
    const ids = await Promise.all(
      Array.from({ length: 7 }, async (_, index) => {
        return (await vault.call('customers.add', { name: `范${index}` })).id
      }),
    )
    const context = { ...contextOf(vault.session), now: () => new Date(now) }
    const at = (id: string) => handlers['customers.verifyCaller'](context, { id, answers: { name: '范' } })
    for (let time = 0; time < 30; time += 1) await at(present(ids[time % 6]))
    const refused = await refusal(at(present(ids[6])))
    expect([refused.code, refused.fields]).toEqual(['caller.tooMany', [{ field: 'person', rule: 'hour' }]])
  })

  test('a reviewer never, nor anybody while identities is closed', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    await settledPerson(vault, '何复核', 'reviewer')
    lock(vault.session)
    const door = realDoor()
    await door.call('vault.unlock', { path: vault.dir, user: '何复核', passphrase: ownPassphrase })
    for (const [channel, input] of [
      ['customers.verifyCaller', { id, answers: { name: clear.name } }],
      ['customers.merge', { keepId: id, mergeId: id, reason: 'x' }],
      ['customers.duplicates', {}],
      ['transactions.reveal', { id, fields: ['description'], reason: 'x' }],
      ['customers.addFact', { customerId: id, kind: 'hold', code: 'audit' }],
    ] as const) {
      expect(await door.ask(channel, input)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    }
    expect(await door.call('customers.overview', { id })).toMatchObject({ transactions: 1, duplicates: null })
    await door.call('vault.lock', {})
    const session = await openAs(vault.dir, '何复核')
    const answers = { id, answers: { name: clear.name } }
    expect(await codeOf(callVault(session, 'customers.verifyCaller', answers))).toBe('identities.closed')
    lock(session)
  })
})

describe('the script of questions', () => {
  test('is an owner’s to set, stands in the log, and decides', async () => {
    const vault = await aVault()
    const id = await aCustomer(vault)
    const script = {
      questions: ['name' as const, 'orderNo' as const],
      strong: ['orderNo' as const],
      matches: 1,
      strongMatches: 1,
      mismatches: 0,
    }
    expect(await vault.call('customers.setCallerScript', script)).toEqual(script)
    await vault.reopen()
    expect(await vault.call('customers.getCallerScript', {})).toEqual(script)
    expect((await refusal(ask(vault, id, { mobileLast4: '3177' }))).fields).toEqual([
      { field: 'mobileLast4', rule: 'notAsked' },
    ])
    expect((await ask(vault, id, { orderNo: 'HT-2025-7' })).verdict).toBe('verified')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('that nobody could pass is refused', async () => {
    const vault = await aVault()
    const script = { questions: ['name' as const], strong: [], matches: 1, strongMatches: 0, mismatches: 0 }
    const set = (change: object) => vault.call('customers.setCallerScript', { ...script, ...change })
    expect(await codeOf(set({ matches: 2 }))).toBe('input.invalid')
    expect(await codeOf(set({ strongMatches: 1 }))).toBe('input.invalid')
    expect(await codeOf(set({ strong: ['orderNo'] }))).toBe('input.invalid')
    expect(await codeOf(set({ questions: ['name', 'name'] }))).toBe('input.invalid')
  })
})
