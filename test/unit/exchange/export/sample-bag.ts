// A small real bag with a real key, made by the product's own writer, for the tests of this folder.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginBag, type BagFinish, type BagSealed } from '../../../../electron/exchange/export/bag.ts'
import { writeCsv } from '../../../../electron/exchange/export/csv-writer.ts'

export interface Signer {
  name: string
  pem: string
  fingerprint: string
  sign: (bytes: Uint8Array) => Uint8Array
}

export function makeSigner(name = '王经办'): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  const hex = createHash('sha256').update(der).digest('hex').slice(0, 32)
  return {
    name,
    pem,
    fingerprint: hex.match(/.{4}/g)?.join(' ') ?? '',
    sign: (bytes) => sign(null, bytes, privateKey),
  }
}

export const sampleRows = [
  ['018f-1', '张*', '138****8000', ''],
  ['018f-2', '=HYPERLINK("x")', '-1', '第一行\n第二行, "quoted"'],
  ['018f-3', "'already", '\tTab', '🙂 𠮷'],
]

export async function* batchesOf(rows: string[][], size = 2): AsyncGenerator<string[][]> {
  for (let start = 0; start < rows.length; start += size) {
    await Promise.resolve()
    yield rows.slice(start, start + size)
  }
}

export function finishOf(signer: Signer, rows = sampleRows.length): BagFinish {
  return {
    info: { 'Source-Organization': '示例商贸有限公司', 'External-Identifier': 'urn:uuid:018f' },
    tagFiles: {
      'certificate.txt': '证书\n',
      'certificate.pdf': new Uint8Array([0x25, 0x50, 0x44, 0x46]),
      'checkpoint.txt': 'guicang/018f\n1\nAAAA\n',
      'format.md': '# format\n',
      'recovery.md': '# recovery\n',
    },
    expected: [{ path: 'customers.csv', rows }, { path: '附件/说明.txt' }],
    sign: signer.sign,
    verifyKeyPem: signer.pem,
    signer: { name: signer.name, fingerprint: signer.fingerprint },
  }
}

export async function makeSampleBag(dir: string, signer: Signer): Promise<BagSealed> {
  const draft = await beginBag(dir)
  await writeCsv(
    draft.payloadPath('customers.csv'),
    ['guicang_id', 'name', 'mobile', 'note'],
    batchesOf(sampleRows),
  )
  await writeFile(draft.payloadPath('附件/说明.txt'), '说明')
  return draft.finish(finishOf(signer))
}

/** A folder for one test; call `remove` afterwards. */
export async function scratchFolder(): Promise<{
  dir: string
  at: (name: string) => string
  remove: () => Promise<void>
}> {
  const dir = await mkdtemp(join(tmpdir(), 'guicang-export-'))
  return { dir, at: (name) => join(dir, name), remove: () => rm(dir, { recursive: true, force: true }) }
}

/** All plain files below a folder, relative, sorted. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .toSorted()
}
