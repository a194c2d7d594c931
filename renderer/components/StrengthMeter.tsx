// How hard a passphrase is to guess, asked of main while it is typed.
import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract/index.ts'
import { call } from '../api/client.ts'
import { codeText } from '../../shared/locales/index.ts'
import { useT, useTexts } from '../app/i18n.ts'

export type Strength = Output<'vault.checkStrength'>

/** Asks 250 ms after the last key; `undefined` while unknown. */
export function useStrength(passphrase: string, ownWords: readonly string[]): Strength | undefined {
  const [answer, setAnswer] = useState<{ of: string; strength: Strength }>()
  const words = ownWords.join('\n')
  useEffect(() => {
    if (passphrase === '') return
    let alive = true
    const timer = setTimeout(() => {
      call('vault.checkStrength', { passphrase, ownWords: words.split('\n').filter((word) => word !== '') })
        .then((strength) => {
          if (alive) setAnswer({ of: passphrase, strength })
        })
        // Without an answer the meter stays empty; creating checks again by itself.
        .catch(() => {
          if (alive) setAnswer(undefined)
        })
    }, 250)
    return () => {
      alive = false
      clearTimeout(timer)
    }
  }, [passphrase, words])
  useEffect(() => () => setAnswer(undefined), [])
  return passphrase !== '' && answer?.of === passphrase ? answer.strength : undefined
}

export function StrengthMeter({ strength, id }: { strength: Strength | undefined; id?: string }) {
  const t = useT()
  const texts = useTexts().vault
  const words = texts.strength.score
  const score = strength?.score ?? -1
  const hints = (strength?.hints ?? [])
    .slice(0, 2)
    .flatMap((hint) => codeText(texts.strengthHints, hint) ?? [])
  const verdict = strength?.acceptable === true ? t('vault:strength.acceptable') : t('vault:strength.tooWeak')
  const strengthWords = [words[score] ?? '', verdict, ...hints]
  return (
    <div className="strength" id={id} data-testid="strength-meter" data-score={score}>
      <div
        className="strength-bars"
        role="meter"
        aria-label={t('vault:strength.label')}
        aria-valuemin={0}
        aria-valuemax={4}
        aria-valuenow={Math.max(0, score)}
        aria-valuetext={words[score] ?? ''}
      >
        {[0, 1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={step <= score ? (strength?.acceptable === true ? 'on good' : 'on') : ''}
          />
        ))}
      </div>
      <span className="strength-word" role="status">
        {strength !== undefined && strengthWords.join(' · ')}
      </span>
    </div>
  )
}
