// One box: what it finds with identities open and closed, what it says to whom, and what it never shows.
import { describe, expect, test } from 'vitest'
import { excerpt, marked } from '../../electron/domain/highlight.ts'
import { openAs, settledPerson } from '../support/people.ts'
import { aVault, callVault, codeOf, lock, present, type TestVault } from '../support/vault.ts'

const customer = {
  customerNo: 'KH000777',
  name: '欧阳懿',
  mobile: '13892483177',
  residentId: '510107199801280972',
  email: 'ouyang8313@example.com',
  bankCard: '6217001860913909966',
}

interface World {
  vault: TestVault
  customerId: string
  complaintId: string
}

async function aWorld(): Promise<World> {
  const vault = await aVault()
  const { id: customerId } = await vault.call('customers.add', customer)
  await vault.call('customers.add', { customerNo: 'KH000778', name: '张伟', mobile: '13700001111' })
  const { id: complaintId } = await vault.call('complaints.add', {
    complaintNo: 'TS-2024-0042',
    customerId,
    narrative: `${customer.name}来电（${customer.mobile}）：游泳卡退款被拒，The refund was refused twice.`,
    category: '预付卡',
  })
  await vault.call('complaints.add', { complaintNo: 'ts-9', narrative: '快递破损', category: '物流' })
  return { vault, customerId, complaintId }
}

function closeIdentities(vault: TestVault): void {
  vault.session.store.identities?.db.close()
  vault.session.store.identities = undefined
}

const find = async ({ vault }: World, query: string) => vault.call('search.all', { query })
const markedPart = ({ text, marks }: { text: string; marks: readonly (readonly [number, number])[] }) =>
  marks.map(([from, to]) => text.slice(from, to))

describe('the one box with identities open', () => {
  test('finds a customer by name of two and three characters, phone, last four, ID, card and e-mail; shows masks only', async () => {
    const world = await aWorld()
    for (const query of [
      '欧阳',
      '欧阳懿',
      '13892483177',
      '3177',
      '0972',
      '510107199801280972',
      '9966',
      'ouyang8313',
    ]) {
      const { customers, searched } = await find(world, query)
      expect(searched, query).toBe('identities')
      expect(
        customers.map(({ id }) => id),
        query,
      ).toEqual([world.customerId])
      for (const clear of [customer.name, customer.mobile, customer.residentId, customer.email])
        expect(JSON.stringify(customers), query).not.toContain(clear)
    }
    const [hit] = (await find(world, '3177')).customers
    expect(markedPart(present(hit).mobile)).toEqual(['3177'])
    expect((await find(world, '张伟')).customers).toHaveLength(1)
  })

  test('finds a case by its number, whatever the case of its letters, and marks what was typed', async () => {
    const world = await aWorld()
    for (const query of ['TS-2024-0042', 'ts-2024', '0042']) {
      const { cases } = await find(world, query)
      expect(
        cases.map(({ id }) => id),
        query,
      ).toEqual([world.complaintId])
      expect(markedPart(present(cases[0]).number).join('-').toLowerCase(), query).toContain(
        query.slice(-4).toLowerCase(),
      )
    }
    expect((await find(world, 'ts-9')).cases.map(({ number }) => number.text)).toEqual(['ts-9'])
  })

  test('finds words of narratives in Chinese and English; of a word that was taken out it says so and shows nothing', async () => {
    const world = await aWorld()
    for (const [query, part] of [
      ['游泳卡', '游泳卡'],
      ['REFUSED', 'refused'],
    ] as const) {
      const { texts } = await find(world, query)
      expect(texts.map(({ id }) => id)).toEqual([world.complaintId])
      expect(markedPart(present(texts[0]).excerpt)).toEqual([part])
      expect(present(texts[0]).hidden).toBe(false)
    }
    const [hidden] = (await find(world, '欧阳懿')).texts
    expect(hidden).toMatchObject({ id: world.complaintId, hidden: true, excerpt: { marks: [] } })
    expect(JSON.stringify(hidden)).not.toContain(customer.name)
  })

  test('is in the log once a question, without its words; what nobody can search for is not asked of the index', async () => {
    const world = await aWorld()
    await find(world, '欧阳懿')
    await find(world, ' 欧阳懿 ')
    await find(world, '')
    const { items } = await world.vault.call('audit.list', { action: 'search.asked' })
    expect(items.map(({ detail }) => detail)).toEqual([{ hits: 2, characters: 3 }])
    expect(await find(world, '"*):(')).toMatchObject({ cases: [], customers: [], texts: [], people: [] })
    expect((await find(world, 'e')).texts).toEqual([])
  })

  test('finds people of the vault by a part of their name', async () => {
    const world = await aWorld()
    const { people } = await find(world, '林')
    expect(people.map(({ name, role }) => [name.text, markedPart(name), role])).toEqual([
      ['林晓', ['林'], 'owner'],
    ])
  })
})

describe('the one box with identities closed', () => {
  test('finds what masks show: last four of phone and card, redacted words, numbers; clear names it does not find', async () => {
    const world = await aWorld()
    closeIdentities(world.vault)
    for (const query of ['3177', '9966', 'KH000777']) {
      const { customers, searched } = await find(world, query)
      expect([query, searched, customers.map(({ id }) => id)]).toEqual([query, 'records', [world.customerId]])
    }
    expect((await world.vault.call('customers.list', { query: '3177' })).total).toBe(1)
    expect((await find(world, '游泳卡')).texts).toHaveLength(1)
    for (const query of ['欧阳懿', '13892483177', '0972', 'ouyang8313'])
      expect(await find(world, query), query).toMatchObject({ customers: [], texts: [] })
    expect((await world.vault.call('audit.list', { action: 'search.asked' })).items).toEqual([])
  })

  test('a reviewer gets masked hits, and is refused what only clear values could answer', async () => {
    const world = await aWorld()
    await settledPerson(world.vault, '吴悦', 'reviewer')
    lock(world.vault.session)
    const own = await openAs(world.vault.dir, '吴悦')
    const asked = (query: string) => callVault(own, 'search.all', { query })
    expect((await asked('3177')).customers).toHaveLength(1)
    expect((await asked('游泳卡')).texts).toHaveLength(1)
    expect(await codeOf(asked('13892483177'))).toBe('access.denied')
    expect(await codeOf(asked('欧阳懿'))).toBe('access.denied')
    // The answer is the same whether there is such a customer or not.
    expect(await codeOf(asked('欧阳明日'))).toBe('access.denied')
    lock(own)
  })
})

describe('marks', () => {
  test('stand where the words do, without overlap, and an excerpt keeps them in place', () => {
    expect(marked('退款退款', '退款')).toEqual({
      text: '退款退款',
      marks: [
        [0, 2],
        [2, 4],
      ],
    })
    expect(marked('<b>x</b>', '<b>')).toEqual({
      text: '<b>x</b>',
      marks: [
        [1, 2],
        [6, 7],
      ],
    })
    const long = `${'前'.repeat(200)}关键词${'后'.repeat(200)}`
    const { text, marks } = excerpt(long, '关键词')
    expect(text.length).toBeLessThanOrEqual(122)
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['关键词'])
    expect(excerpt(`${'😀'.repeat(100)}x`, 'x').text.isWellFormed()).toBe(true)
  })
})
