// Files to attach, and the files of attachments in a vault's folder.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Output } from '../../shared/contract/index.ts'
import { freshPath, type TestVault } from './vault.ts'

/** A file of exactly this name. */
export function named(content: string | Uint8Array, name: string): string {
  const folder = freshPath('folder')
  mkdirSync(folder)
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** Files of attachments in the vault's folder. */
export function filesIn(vault: { dir: string }): string[] {
  return readdirSync(join(vault.dir, 'attachments'), { recursive: true })
    .map(String)
    .filter((name) => name.includes('.'))
    .map((name) => join(vault.dir, 'attachments', name))
}

export const attach = (
  vault: TestVault,
  complaintId: Output<'complaints.add'>['id'],
  path: string,
  note = '',
) => vault.call('attachments.add', { complaintId, path, note })

export const verified = async (vault: TestVault) => {
  const { findings, checked } = await vault.call('vault.verify', {})
  return { codes: findings.map(({ code }) => code), attachments: checked.attachments }
}
