// A new passphrase, typed twice, with its strength. The state is the caller's and goes with its dialog.
import { useCallback, useEffect, useState } from 'react'
import { useT } from '../app/i18n.ts'
import { Field } from './Field.tsx'
import { PassphraseField } from './PassphraseField.tsx'
import { type Strength, StrengthMeter, useStrength } from './StrengthMeter.tsx'

export interface NewPassphraseState {
  value: string
  repeat: string
  strength: Strength | undefined
  /** Strong enough and typed twice alike. */
  ready: boolean
  setValue: (value: string) => void
  setRepeat: (value: string) => void
  reset: () => void
}

/** `ownWords` (names of company and person) count as easily guessed. */
export function useNewPassphrase(ownWords: readonly string[]): NewPassphraseState {
  const [value, setValue] = useState('')
  const [repeat, setRepeat] = useState('')
  const strength = useStrength(value, ownWords)
  const reset = useCallback(() => {
    setValue('')
    setRepeat('')
  }, [])
  useEffect(() => reset, [reset])
  const ready = strength?.acceptable === true && value !== '' && value === repeat
  return { value, repeat, strength, ready, setValue, setRepeat, reset }
}

interface Props {
  state: NewPassphraseState
  label: string
  repeatLabel: string
  testId: string
  autoFocus?: boolean
}

export function NewPassphrase({ state, label, repeatLabel, testId, autoFocus }: Props) {
  const t = useT()
  const mismatch = state.repeat !== '' && !state.value.startsWith(state.repeat)
  return (
    <div className="pair">
      <Field label={label} hint={t('vault:create.passphraseHint')}>
        {({ id, describedBy }) => (
          <>
            <PassphraseField
              id={id}
              value={state.value}
              onChange={state.setValue}
              purpose="new"
              autoFocus={autoFocus ?? false}
              describedBy={describedBy}
              testId={`${testId}-passphrase`}
            />
            <StrengthMeter strength={state.strength} />
          </>
        )}
      </Field>
      <Field label={repeatLabel} error={mismatch ? t('vault:create.mismatch') : undefined}>
        {({ id, describedBy }) => (
          <PassphraseField
            id={id}
            value={state.repeat}
            onChange={state.setRepeat}
            purpose="new"
            invalid={mismatch}
            describedBy={describedBy}
            testId={`${testId}-repeat`}
          />
        )}
      </Field>
    </div>
  )
}
