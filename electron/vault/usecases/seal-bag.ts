// What every bag of a vault carries beside its payload: checkpoint, certificate, the two pages, the person's signature.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { GuicangError } from '../../../shared/errors.ts'
import type { BagDraft, BagFinish, BagSealed } from '../../exchange/export/bag.ts'
import { type CertificateData, certificatePdf, certificateText } from '../../exchange/export/certificate.ts'
import { keyFingerprint, signBytes, verifyKeyPem } from '../keys/signing.ts'
import { type Context, logAct } from '../session.ts'
import { translateError, translating } from '../store/sqlite-errors.ts'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { readProfile } from './profile.ts'

export interface VaultBag {
  kind: CertificateData['kind']
  scope: CertificateData['scope']
  reason?: string | undefined
  counts?: CertificateData['counts']
  /** Of the log, at the moment of which the payload tells. */
  checkpoint: { note: string; size: number; root: string }
  /** Further labels of bag-info.txt. */
  info: Record<string, string>
  /** Every payload file by its path under `data/`; `rows` of a table. */
  expected: BagFinish['expected']
  check?: BagFinish['check']
  onBytes?: BagFinish['onBytes']
}

/** A page of the published documents, from the source tree or from beside the built process. */
async function documentPage(name: string): Promise<string> {
  const places = ['../../../resources/docs/', '../resources/docs/', '../../resources/docs/']
  const found = places
    .map((place) => fileURLToPath(new URL(place + name, import.meta.url)))
    .find((path) => existsSync(path))
  if (found === undefined)
    throw new GuicangError('internal', {
      fields: [{ field: 'resources/docs', rule: 'missing', value: name }],
    })
  return readFile(found, 'utf8')
}

/**
 * Finishes a draft as a bag of this session's vault, signed with the key of its person.
 * @throws GuicangError `access.denied` without a signing key, and what {@link BagDraft.finish} refuses
 */
export async function sealVaultBag(context: Context, draft: BagDraft, bag: VaultBag): Promise<BagSealed> {
  const { session, job } = context
  const { signingKey } = session
  if (signingKey === undefined) throw new GuicangError('access.denied')
  const fingerprint = keyFingerprint(session.verifyKey)
  return draft.finish({
    info: { 'External-Identifier': session.vaultId, ...bag.info },
    tagFiles: async (files) => {
      const rows = new Map(bag.expected.map((file) => [`data/${file.path}`, file.rows]))
      // Whoever writes the bag knows only what the file system says.
      const certificate = translating('records.db', () =>
        certificateOf(context, bag, fingerprint, (path) => rows.get(path), files),
      )
      return {
        'certificate.txt': `${certificateText(certificate, 'zh-CN')}\n\n${certificateText(certificate, 'en')}`,
        'certificate.pdf': await certificatePdf(certificate),
        'checkpoint.txt': bag.checkpoint.note,
        'format.md': await documentPage('format.md'),
        'recovery.md': await documentPage('recovery.md'),
      }
    },
    expected: bag.expected,
    sign: (bytes) => signBytes(signingKey, bytes),
    verifyKeyPem: verifyKeyPem(session.verifyKey),
    signer: { name: session.person.name, fingerprint },
    signal: job.signal,
    ...(bag.check === undefined ? {} : { check: bag.check }),
    ...(bag.onBytes === undefined ? {} : { onBytes: bag.onBytes }),
  })
}

function certificateOf(
  context: Context,
  bag: VaultBag,
  fingerprint: string,
  rowsOf: (path: string) => number | undefined,
  files: readonly BagSealed['files'][number][],
): CertificateData {
  const { session } = context
  const { company, custodian } = readProfile(session.store)
  const { size, root } = bag.checkpoint
  return {
    kind: bag.kind,
    company: company.name,
    ...(custodian.name === '' ? {} : { custodian }),
    vaultId: session.vaultId,
    epoch: session.epoch,
    createdAt: context.now().toISOString(),
    timeZone: company.timeZone,
    madeBy: { name: session.person.name, role: session.person.role },
    scope: bag.scope,
    ...(bag.reason === undefined ? {} : { reason: bag.reason }),
    ...(bag.counts === undefined ? {} : { counts: bag.counts }),
    files: files.map((file) => {
      const rows = rowsOf(file.path)
      return rows === undefined ? { ...file } : { ...file, rows }
    }),
    checkpoint: { size, root },
    fingerprint,
  }
}

/** Writes into the log that a bag did not leave after all, and by which code. */
export function logFailure(
  context: Context,
  action: string,
  subject: string,
  detail: AuditEntry['detail'],
  thrown: unknown,
): void {
  const translated = translateError(thrown)
  const code = translated instanceof GuicangError ? translated.code : 'internal'
  try {
    context.session.store.records.db.transaction(() => {
      logAct(context, action, subject, { ...detail, code })
    })()
  } catch (second) {
    // Without room for an entry, or locked meanwhile: the first failure is the one to report.
    if (!(second instanceof Error)) throw second
  }
}
