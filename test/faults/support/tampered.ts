// A vault that somebody or something has changed while it was closed: does the product say so?
import { cpSync, rmSync } from 'node:fs'
import { GuicangError } from '../../../shared/errors.ts'
import type { VaultSession } from '../../../electron/vault/session.ts'
import { csvOf, complaintRow, customerRows } from '../../support/rows.ts'
import {
  aVault,
  callVault,
  copiedVault,
  fileWith,
  freshPath,
  lock,
  openAt,
  shut,
  type TestVault,
} from '../../support/vault.ts'
import { type Picture, pictureOf } from './picture.ts'

export interface Verdict {
  /** The code that opening was refused with, else the codes of the verifier's findings; undefined where all is said to be well. */
  named: string | undefined
  when: 'at opening' | 'by the verifier' | 'never'
  /** Of a vault that is said to be well: what it holds, to be compared. */
  picture: Picture | undefined
}

/** Opens and verifies. An error that isn't one of ours goes up: the test fails with it. */
export async function examine(dir: string): Promise<Verdict> {
  let session: VaultSession
  try {
    session = await openAt(dir)
  } catch (thrown) {
    if (!(thrown instanceof GuicangError)) throw thrown
    return { named: thrown.code, when: 'at opening', picture: undefined }
  }
  try {
    const { findings } = await callVault(session, 'vault.verify', {})
    const codes = [...new Set([...session.warnings, ...findings.map(({ code }) => code)])]
    if (codes.length > 0) return { named: codes.join(' '), when: 'by the verifier', picture: undefined }
    return { named: undefined, when: 'never', picture: pictureOf(session) }
  } catch (thrown) {
    if (!(thrown instanceof GuicangError)) throw thrown
    return { named: thrown.code, when: 'by the verifier', picture: undefined }
  } finally {
    shut(session)
  }
}

/** A picture as one text, to be compared. */
export function contentOf(picture: Picture | undefined): string {
  if (picture === undefined) return ''
  return JSON.stringify([picture.log, [...picture.tables].map(([name, rows]) => [name, [...rows]])])
}

const complaints = (from: number, to: number): string =>
  csvOf(Array.from({ length: to - from }, (_, index) => complaintRow(from + index)))

/** A vault in which something of everything has happened, with pages that an undone import has left free. Closed. */
export async function livedIn(): Promise<string> {
  const vault = await aVault(await copiedVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(40))), kind: 'customers' })
  await vault.call('imports.run', { path: fileWith(complaints(1, 21)), kind: 'complaints' })
  const undone = await vault.call('imports.run', {
    path: fileWith(csvOf(customerRows(60, 500))),
    kind: 'customers',
  })
  await vault.call('imports.undo', { batchId: undone.batchId })
  await workOn(vault)
  lock(vault.session)
  return vault.dir
}

/** A day's work by hand. */
export async function workOn(vault: TestVault): Promise<void> {
  const [complaint] = (await vault.call('complaints.list', {})).items
  const [customer] = (await vault.call('customers.list', {})).items
  if (complaint === undefined || customer === undefined) throw new Error('nothing to work on')
  await vault.call('complaints.addNote', { id: complaint.id, text: '电话回访，客户要求书面答复。' })
  await vault.call('complaints.add', {
    narrative: '新的投诉，要求退款。',
    category: '退款',
    customerNo: 'KH000007',
  })
  await vault.call('customers.update', {
    id: customer.id,
    revision: customer.revision,
    patch: { address: '成都市锦江区人民路九号' },
  })
  await vault.call('customers.reveal', { id: customer.id, fields: ['name'], reason: '核对身份' })
}

/** The folder once more, for one trial. */
export function copyOf(dir: string): string {
  const copy = freshPath('示例.vault')
  cpSync(dir, copy, { recursive: true })
  return copy
}

export function remove(dir: string): void {
  rmSync(dir, { recursive: true })
}
