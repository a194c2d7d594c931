// A complaint that letters are written to, and what stands in a vault afterwards.
import { join } from 'node:path'
import type { Request } from '../../shared/contract/index.ts'
import { dump, freshPath, present, rawDb, type TestVault } from './vault.ts'

export const name = '欧阳懿一'
export const mobile = '13892483177'
export const address = '浙江省杭州市西湖区文三路 478 号 2 幢 301 室'
/** Line ends and spaces are the printer's. */
export const flat = (text: string): string => text.replaceAll(/\s/gu, '')

/** A complaint with a customer, an outcome and a relief; answers its id. */
export async function aCase(vault: TestVault, customer = { name, mobile, address }): Promise<string> {
  const { id: customerId } = await vault.call('customers.add', customer)
  const complaint = { customerId, narrative: '没有退款', category: '退款', receivedAt: '2026-03-01' }
  const { id } = await vault.call('complaints.add', complaint)
  const relief = { kind: 'refund', amount: '320.50', currency: 'CNY' } as const
  const patch = { outcome: `${name}的余额已退回`, outcomeKind: 'upheld', relief } as const
  await vault.call('complaints.work', { id, patch })
  return id
}

/** What `letters.render` is asked for, to a fresh path. */
export function order(id: string, more: Partial<Request<'letters.render'>> = {}): Request<'letters.render'> {
  const out = freshPath('letter.pdf')
  return { complaintId: id, templateId: 'outcome', lang: 'zh-CN', out, ...more }
}

/** Every cell of a compartment, in clear. */
export function cellsOf({ dir, session }: TestVault, compartment: 'records' | 'identities'): string {
  const db = rawDb(join(dir, `${compartment}.db`), present(session.keys[compartment]))
  try {
    return dump(db).join('\n')
  } finally {
    db.close()
  }
}

/** What the verifier finds. */
export const verified = async (vault: TestVault) => (await vault.call('vault.verify', {})).findings
