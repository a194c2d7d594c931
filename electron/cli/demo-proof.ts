// The tour's second half: what leaves, what is proved, and what happens when keys are lost.
import type { ErrorCode } from '../../shared/errors.ts'
import { codeText, errorText } from '../../shared/locales/index.ts'
import { localTime, tableLines, wrap } from './demo-layout.ts'
import { scanFolder } from './demo-scan.ts'
import { refusal, type Step, texts } from './demo-tour.ts'

const exportBag: Step = {
  name: 'export',
  run: async (tour) => {
    const { files, fingerprint } = await tour.call('exports.run', {
      kind: 'customers',
      format: 'csv',
      out: tour.bag,
    })
    const report = await tour.call('bags.verify', { path: tour.bag })
    const rows = files.reduce((sum, file) => sum + file.rows, 0)
    const leaked = await scanFolder(tour.bag, tour.clearValues)
    return {
      ok: report.valid && leaked.hits === 0 && rows > 0,
      facts: { rows, valid: report.valid, trust: report.trust, clearValues: leaked.hits },
      say: [
        tour.words.exported(rows),
        files.flatMap(({ path, rows: count, sha256 }) => [
          `    ${path}  ${count}  sha256 ${sha256.slice(0, 16)}…`,
        ]),
        tour.words.bagValid(report.trust !== 'anchored'),
        wrap(fingerprint, 92).map((line) => `    ${line}`),
      ],
    }
  },
}

const audit: Step = {
  name: 'audit',
  run: async (tour) => {
    const report = await tour.call('audit.verify', {})
    const { items } = await tour.call('audit.list', { limit: 6 })
    const named = texts(tour).audit
    const rows = items.map(({ index, at, user, action }) => ({
      [named.index]: String(index),
      [named.at]: localTime(at),
      [named.user]: user,
      [named.action]: codeText(named.actions, action) ?? action,
    }))
    return {
      ok: report.ok,
      facts: { entries: report.entries, findings: report.findings.length },
      say: [tour.words.logHolds(report.entries), tableLines(rows)],
    }
  },
}

const wrongPassphrase: Step = {
  name: 'wrong-passphrase',
  run: async (tour) => {
    await tour.call('vault.lock', {})
    const refused = await refusal(() =>
      tour.call('vault.unlock', { path: tour.vault, passphrase: `${tour.passphrase}x` }),
    )
    const code: ErrorCode = refused?.code ?? 'internal'
    const { what, safe } = errorText(tour.words.locale, code)
    return { ok: code === 'vault.wrongPassphrase', facts: { code }, say: [what, safe] }
  },
}

/** The code with one letter of its fourth group changed. */
function mistype(code: string): string {
  const place = code.length - 40
  return `${code.slice(0, place)}${code.charAt(place) === 'Q' ? 'P' : 'Q'}${code.slice(place + 1)}`
}

const recover: Step = {
  name: 'recover',
  run: async (tour) => {
    const code = tour.recoveryCodes[1] ?? ''
    const typo = await refusal(() => tour.call('vault.checkRecoveryCode', { code: mistype(code) }))
    const group = typo?.fields?.find(({ rule }) => rule === 'group')?.value ?? typo?.fields?.[0]?.value ?? '?'
    const session = await tour.call('vault.recover', {
      path: tour.vault,
      recoveryCode: code,
      newPassphrase: tour.newPassphrase,
      deviceBinding: false,
    })
    tour.passphrase = tour.newPassphrase
    return {
      ok: typo?.code === 'recovery.codeInvalid' && session.compartments.includes('identities'),
      facts: { mistypedGroup: group, customers: session.counts.customers, passphrase: tour.passphrase },
      say: [tour.words.mistyped(group), tour.words.recovered],
    }
  },
}

const lock: Step = {
  name: 'lock',
  run: async (tour) => {
    await tour.call('vault.lock', {})
    const refused = await refusal(() => tour.call('customers.list', {}))
    const { files, hits } = await scanFolder(tour.vault, tour.clearValues)
    return {
      ok: refused?.code === 'vault.locked' && hits === 0 && files > 2,
      facts: { code: refused?.code ?? '', files, searchedFor: tour.clearValues.size, clearValues: hits },
      say: [tour.words.locked, tour.words.nothingClear(files, tour.clearValues.size)],
    }
  },
}

const verify: Step = {
  name: 'verify',
  run: async (tour) => {
    await tour.call('vault.unlock', { path: tour.vault, passphrase: tour.passphrase })
    const { ok, findings, checked } = await tour.call('vault.verify', {})
    await tour.call('vault.lock', {})
    const { records, identities, auditEntries } = checked
    return {
      ok,
      facts: { records, identities, auditEntries, findings: findings.length },
      say: [tour.words.verified(checked)],
    }
  },
}

export const proofSteps: readonly Step[] = [exportBag, audit, wrongPassphrase, recover, lock, verify]
