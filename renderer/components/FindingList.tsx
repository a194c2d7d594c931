import type { CheckFinding } from '../../shared/types/vault.ts'
import { codeText } from '../../shared/locales/index.ts'
import { useTexts } from '../app/i18n.ts'

/** What a check found: the code in words where there are any, and where. */
export function FindingList({ title, findings }: { title: string; findings: readonly CheckFinding[] }) {
  const texts = useTexts()
  if (findings.length === 0) return null
  return (
    <div className="findings">
      <h3>
        {title} · {findings.length}
      </h3>
      <ul>
        {findings.slice(0, 200).map((finding, index) => (
          <li key={`${finding.code}-${finding.where}-${index}`}>
            {codeText(texts.findings, finding.code) ?? finding.code}{' '}
            <code className="mono">{finding.where}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
