// What an import found wrong with a record, in words: `field:warning` becomes "手机号码：手机号位数不够".
import { codeText } from '../../shared/locales/index.ts'
import { useTexts } from '../app/i18n.ts'

interface Props {
  warnings: readonly string[]
  /** Names of the fields in the present language. */
  fields: Readonly<Record<string, string>>
}

/** Splits `field:warning` into words; unknown codes are shown as they are rather than hidden. */
export function useWarningText(fields: Readonly<Record<string, string>>): (warning: string) => string {
  const texts = useTexts()
  return (warning) => {
    const cut = warning.indexOf(':')
    const field = cut < 0 ? '' : warning.slice(0, cut)
    const code = cut < 0 ? warning : warning.slice(cut + 1)
    const words = codeText(texts.imports.warnings, code) ?? code
    const name = codeText(fields, field) ?? field
    return name === '' ? words : `${name} · ${words}`
  }
}

export function WarningWords({ warnings, fields }: Props) {
  const text = useWarningText(fields)
  return (
    <ul className="warnings">
      {warnings.map((warning) => (
        <li key={warning}>{text(warning)}</li>
      ))}
    </ul>
  )
}
