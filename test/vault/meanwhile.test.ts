// Acts that take a while, and what somebody does meanwhile: what is then known of a customer is out of every text, and nothing
// that was decided on an older state is written over a newer one.
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { aVault, codeOf, fileWith, freshPath, present, type TestVault } from '../support/vault.ts'

/** No recogniser takes it for a name where it stands: it goes because it is known. */
const unseen = 'Zorvex'
const text = `商品 ${unseen} 有瑕疵`

async function customer(vault: TestVault, more: object = {}) {
  return (await vault.call('customers.add', { customerNo: 'K1', name: '王小明', ...more })).id
}

async function rename(vault: TestVault, id: Awaited<ReturnType<typeof customer>>) {
  const { revision } = await vault.call('customers.get', { id })
  await vault.call('customers.update', { id, revision, patch: { name: unseen } })
}

/** Complaints enough for the act to pause. */
async function manyCases(vault: TestVault, first: object) {
  const ids = []
  for (let index = 0; index < 150; index += 1)
    ids.push(
      (
        await vault.call('complaints.add', {
          narrative: 'x',
          category: '退款',
          ...(index === 0 ? first : {}),
        })
      ).id,
    )
  return ids
}

const findings = async (vault: TestVault) => (await vault.call('vault.verify', {})).findings

describe('an act on many', () => {
  test('writes no text back that was redacted again meanwhile', async () => {
    const vault = await aVault()
    const customerId = await customer(vault)
    const ids = await manyCases(vault, { customerId, narrative: text })
    const bulk = vault.call('complaints.bulk', { ids, patch: { severity: 'high' } })
    await rename(vault, customerId)
    expect((await bulk).changed).toBe(150)
    const { complaint } = await vault.call('complaints.get', { id: present(ids[0]) })
    expect(complaint.narrative).not.toContain(unseen)
    expect(complaint.severity).toBe('high')
    expect(await findings(vault)).toEqual([])
  })

  test('gives no case back to a customer who is gone', async () => {
    const vault = await aVault()
    const ids = await manyCases(vault, { customerNo: 'C1' })
    const path = fileWith('客户编号,姓名\nC1,张三\n', '客户.csv')
    const { batchId } = await vault.call('imports.run', { path, kind: 'customers' })
    const [first] = ids
    const id = present(first)
    expect((await vault.call('complaints.get', { id })).complaint.customerId).not.toBeNull()
    const bulk = vault.call('complaints.bulk', { ids, patch: { severity: 'high' } })
    await vault.call('imports.undo', { batchId })
    await bulk
    const { complaint } = await vault.call('complaints.get', { id })
    expect(complaint.customerId).toBeNull()
    await vault.call('complaints.update', { id, revision: complaint.revision, patch: { handler: '林晓' } })
  })
})

describe('an import', () => {
  test.each([
    ['complaints', '投诉编号,客户编号,投诉内容'],
    ['transactions', '交易编号,客户编号,说明'],
  ] as const)('of %s holds up the renaming of a customer', async (kind, head) => {
    const vault = await aVault()
    const customerId = await customer(vault)
    const rows = Array.from({ length: 3000 }, (_, index) => `N${index},K1,${text}`)
    const path = fileWith(`${head}\n${rows.join('\n')}\n`, '表.csv')
    const run = vault.call('imports.run', { path, kind })
    while (!vault.session.writingBatch) await setImmediate()
    expect(await codeOf(rename(vault, customerId))).toBe('vault.busy')
    const other = await vault.call('customers.add', { customerNo: 'K2', name: '李四' })
    const both = { keepId: customerId, mergeId: other.id, reason: '同一个人' }
    expect(await codeOf(vault.call('customers.merge', both))).toBe('vault.busy')
    await run
    await rename(vault, customerId)
    const column = kind === 'complaints' ? 'narrative' : 'description'
    const texts = vault.session.store.records.db
      .prepare(`SELECT DISTINCT ${column} FROM ${kind}`)
      .pluck()
      .all()
    expect(texts).toHaveLength(1)
    expect(JSON.stringify(texts)).not.toContain(unseen)
  })

  test('of customers links a complaint with the attachments that it has by then', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { customerNo: 'C9', narrative: 'x', category: '退款' })
    const first = await vault.call('attachments.add', {
      complaintId: id,
      path: fileWith('one', `${unseen} scan.txt`),
    })
    const rows = Array.from({ length: 3000 }, (_, index) => `C${index + 9},${index === 0 ? unseen : '王五'}`)
    const run = vault.call('imports.run', {
      path: fileWith(`客户编号,姓名\n${rows.join('\n')}\n`, '客户.csv'),
      kind: 'customers',
    })
    while (vault.session.store.records.customers.highestSeq() === 0) await setImmediate()
    await vault.call('attachments.remove', { id: first.attachmentId, reason: '误存' })
    await vault.call('attachments.add', { complaintId: id, path: fileWith('two', `${unseen} two.txt`) })
    await run
    const { items } = await vault.call('attachments.list', { complaintId: id })
    expect(items.map(({ state }) => state).toSorted()).toEqual(['removed', 'there'])
    expect(JSON.stringify(items)).not.toContain(unseen)
    expect(await findings(vault)).toEqual([])
  })
})

test('a letter that is printed while its customer is renamed goes on record without the new name', async () => {
  const vault = await aVault()
  const customerId = await customer(vault, { address: '浙江省杭州市西湖区文三路478号' })
  const { id } = await vault.call('complaints.add', {
    customerId,
    narrative: 'x',
    category: '退款',
    outcome: text,
  })
  const letter = vault.call('letters.render', {
    complaintId: id,
    templateId: 'outcome',
    lang: 'zh-CN',
    out: freshPath('信.pdf'),
    fields: { reasons: text, remedy: '无', decision: '予以支持' },
  })
  await rename(vault, customerId)
  await letter
  const { items } = await vault.call('letters.list', { complaintId: id })
  expect(items).toHaveLength(1)
  expect(JSON.stringify(items)).not.toContain(unseen)
})

describe('what is known later', () => {
  test('of two who are merged goes from the texts of both', async () => {
    const vault = await aVault()
    const keepId = await customer(vault)
    const { id: mergeId } = await vault.call('customers.add', { customerNo: 'K2', name: unseen })
    const { id } = await vault.call('complaints.add', {
      customerId: keepId,
      narrative: text,
      category: '退款',
    })
    expect((await vault.call('complaints.get', { id })).complaint.narrative).toContain(unseen)
    await vault.call('customers.merge', { keepId, mergeId, reason: '同一个人' })
    expect((await vault.call('complaints.get', { id })).complaint.narrative).not.toContain(unseen)
    expect(await findings(vault)).toEqual([])
  })

  test('goes from the note of a relation that is no more', async () => {
    const vault = await aVault()
    const id = await customer(vault)
    const { id: otherId } = await vault.call('customers.add', { customerNo: 'K2', name: '李四' })
    await vault.call('customers.relate', { id, otherId, kind: 'spouse', note: `旧名 ${unseen}` })
    await vault.call('customers.relate', { id, otherId, kind: 'spouse', related: false })
    await rename(vault, id)
    const notes = vault.session.store.records.db.prepare('SELECT note FROM customer_relations').pluck().all()
    expect(notes).toHaveLength(1)
    expect(JSON.stringify(notes)).not.toContain(unseen)
  })

  test('is a person of its own in a text that names another already', async () => {
    const vault = await aVault()
    const customerId = await customer(vault)
    const { id } = await vault.call('complaints.add', { customerId, narrative: 'x', category: '退款' })
    await vault.call('complaints.work', { id, patch: { rootCause: `王小明 与 ${unseen} 商议` } })
    await rename(vault, customerId)
    expect((await vault.call('complaints.get', { id })).case.rootCause).toBe('[姓名 1] 与 [姓名 2] 商议')
  })
})
