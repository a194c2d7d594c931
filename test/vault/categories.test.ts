// The tree of categories: an owner's setting, vouched for by the log, which changes no complaint.
import { describe, expect, test } from 'vitest'
import { type CategoryTree, outsideTree, treeFaults } from '../../shared/types/category.ts'
import { categoryCounter, isCategoryName } from '../../electron/domain/category-use.ts'
import { complaintRow, csvOf } from '../support/rows.ts'
import { aVault, codeOf, fileWith, present, rawDb, refusal, shut, type TestVault } from '../support/vault.ts'
import { join } from 'node:path'

const tree: CategoryTree = [
  { name: '退款', sub: ['预付卡', '年卡'] },
  { name: '质量', sub: [] },
]

const findings = async (vault: TestVault): Promise<string[]> =>
  (await vault.call('vault.verify', {})).findings.map(({ code, where }) => `${code} ${where}`)

const take = (vault: TestVault, category: string, subcategory = '') =>
  vault.call('complaints.add', { narrative: '没有退款', category, subcategory })

describe('the tree', () => {
  test('is none at first, stays in its order through a lock, and goes again', async () => {
    const vault = await aVault()
    expect(await vault.call('categories.get', {})).toEqual({ tree: [], at: null })
    const set = await vault.call('categories.set', { tree })
    expect(set.tree).toEqual(tree)
    await vault.reopen()
    expect(await vault.call('categories.get', {})).toEqual(set)
    const { detail, user } = present((await vault.call('audit.list', { action: 'categories.set' })).items[0])
    expect(detail).toEqual({ categories: 2, subcategories: 2, added: 4, takenOut: 0 })
    expect(user).toBe(vault.session.person.name)
    expect((await vault.call('categories.set', { tree: [] })).tree).toEqual([])
    expect(await findings(vault)).toEqual([])
  })

  test('is refused with two siblings of one name, with a name of a person, and over one that somebody set since', async () => {
    const vault = await aVault()
    const { at } = await vault.call('categories.set', { tree })
    const refusedFor = async (odd: CategoryTree) => {
      const { code, fields } = await refusal(vault.call('categories.set', { tree: odd }))
      return [code, ...(fields ?? []).map(({ field, rule }) => `${field} ${rule}`)]
    }
    expect(await refusedFor([...tree, { name: ' 退款 ', sub: ['a', 'b', 'a'] }])).toEqual([
      'input.invalid',
      'tree.2.name duplicate',
      'tree.2.sub.2 duplicate',
    ])
    expect(await refusedFor([{ name: '退款', sub: ['13892483177 来电'] }])).toEqual([
      'input.invalid',
      'tree.0.sub.0 personal',
    ])
    expect(await codeOf(vault.call('categories.set', { tree: [], at: null }))).toBe('record.changed')
    await vault.call('categories.set', { tree: [], at })
    expect(await codeOf(vault.call('categories.set', { tree, at }))).toBe('record.changed')
  })

  test('that is changed behind the program’s back is found', async () => {
    const vault = await aVault()
    await vault.call('categories.set', { tree })
    const { dir, session } = vault
    const key = session.keys.records
    shut(session)
    const db = rawDb(join(dir, 'records.db'), key)
    db.prepare(`UPDATE settings SET value = '[]' WHERE name = 'categories'`).run()
    db.close()
    const reopened = await aVault({ dir, codes: [] })
    expect((await findings(reopened)).join('\n')).toContain('settings')
  })

  test('changes no complaint: what an import or a person wrote is counted as outside of it', async () => {
    const vault = await aVault()
    await vault.call('imports.run', {
      path: fileWith(csvOf([{ ...complaintRow(1), 类别: '物流' }])),
      kind: 'complaints',
    })
    await take(vault, '退款', '预付卡')
    await take(vault, '退款', '其他卡')
    await take(vault, '物流')
    await take(vault, '')
    const imported = (await vault.call('complaints.list', {})).items.map(({ category }) => category)
    await vault.call('categories.set', { tree })
    expect((await vault.call('complaints.list', {})).items.map(({ category }) => category)).toEqual(imported)
    const usage = await vault.call('categories.getUsage', {})
    expect(usage).toEqual({
      used: [
        { name: '物流', count: 2, sub: [] },
        {
          name: '退款',
          count: 2,
          sub: [
            { name: '其他卡', count: 1 },
            { name: '预付卡', count: 1 },
          ],
        },
      ],
      outside: [{ category: '物流', count: 2 }],
      outsideSub: [{ category: '退款', subcategory: '其他卡', count: 1 }],
      outsideCount: 3,
    })
    const ids = (await vault.call('complaints.list', { category: '物流' })).items.map(({ id }) => id)
    const { bulkId } = await vault.call('complaints.bulk', { ids, patch: { category: '质量' } })
    expect((await vault.call('categories.getUsage', {})).outside).toEqual([])
    await vault.call('complaints.undoBulk', { bulkId })
    expect((await vault.call('categories.getUsage', {})).outside).toEqual([{ category: '物流', count: 2 }])
    expect(await findings(vault)).toEqual([])
  })
})

describe('names', () => {
  test('are looked at before they are sent: blank, too long, several lines, twice', () => {
    const odd = [
      { name: ' ', sub: [] },
      { name: 'x'.repeat(101), sub: ['a\nb', 'c', 'c '] },
    ]
    expect(treeFaults(odd).map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'tree.0.name required',
      'tree.1.name tooLong',
      'tree.1.sub.0 line',
      'tree.1.sub.2 duplicate',
    ])
    expect(treeFaults(tree)).toEqual([])
  })

  test('stand in the tree or outside of it', () => {
    const of = (category: string, subcategory = '') => outsideTree(tree, { category, subcategory })
    expect([of('退款'), of(' 退款 ', '年卡'), of(''), of('质量')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([of('物流'), of('质量', '年卡'), of('', '年卡')]).toEqual([
      'category',
      'subcategory',
      'subcategory',
    ])
    expect(outsideTree([], { category: '物流', subcategory: '' })).toBeUndefined()
  })

  test('that a tree can’t hold aren’t proposed, and never more than it has room for', () => {
    expect([isCategoryName('退款'), isCategoryName('[姓名 1]的投诉'), isCategoryName('13892483177')]).toEqual(
      [true, false, false],
    )
    const counter = categoryCounter()
    for (let index = 0; index < 300; index += 1) counter.add({ category: `类别${index}`, subcategory: '' })
    for (let index = 0; index < 150; index += 1)
      counter.add({ category: '退款', subcategory: `小类${index}` })
    const { used, outside } = counter.result([])
    expect([used.length, used[0]?.name, used[0]?.sub.length, outside.length]).toEqual([200, '退款', 100, 301])
  })
})
