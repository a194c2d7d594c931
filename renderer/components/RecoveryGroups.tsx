// A recovery code in ten boxes, as it stands on the kit. Pasting anywhere spreads the whole code.
import { useId, useRef } from 'react'
import { useT } from '../app/i18n.ts'
import { dataOf, groupLengths, groupState, recoveryPrefix, spread } from '../lib/recovery-groups.ts'

interface Props {
  groups: readonly string[]
  onChange: (groups: string[]) => void
  /** Known groups (the kit that is still shown by this dialog): each is compared as it is typed. */
  expected?: readonly string[]
  /** 0-based numbers of the groups that a check named. */
  wrong?: readonly number[]
  testId: string
}

export function RecoveryGroups({ groups, onChange, expected, wrong = [], testId }: Props) {
  const t = useT()
  const hint = useId()
  const boxes = useRef<(HTMLInputElement | null)[]>([])

  const put = (index: number, text: string) => {
    const length = groupLengths[index] ?? 6
    const typed = dataOf(text)
    const next = typed.length > length ? spread(groups, index, text) : groups.with(index, typed)
    onChange([...next])
    if ((next[index]?.length ?? 0) >= length && typed.length >= length) {
      const to = Math.min(index + Math.ceil(typed.length / length), groups.length - 1)
      boxes.current[to]?.focus()
    }
  }

  return (
    <div className="groups" role="group" aria-label={t('vault:groups.label')} aria-describedby={hint}>
      <span className="groups-prefix mono">{recoveryPrefix}</span>
      <div className="groups-boxes">
        {groups.map((group, index) => {
          const named = wrong.includes(index)
          const state = named ? 'wrong' : groupState(group, index, expected?.[index])
          return (
            <label key={index} className={`group-box group-${state}`}>
              <span className="group-number">{index + 1}</span>
              <input
                ref={(element) => {
                  boxes.current[index] = element
                }}
                className="mono"
                value={group}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                aria-label={t('vault:groups.group', { n: index + 1 })}
                aria-invalid={state === 'wrong'}
                data-testid={`${testId}-${index + 1}`}
                data-state={state}
                onChange={(event) => put(index, event.target.value)}
                onPaste={(event) => {
                  event.preventDefault()
                  const text = event.clipboardData.getData('text')
                  onChange(spread(groups, dataOf(text).length > 6 ? 0 : index, text))
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && group === '') boxes.current[index - 1]?.focus()
                }}
              />
              <span className="group-state">
                {state === 'right'
                  ? t('vault:groups.right')
                  : state === 'wrong'
                    ? t('vault:groups.wrong')
                    : ''}
              </span>
            </label>
          )
        })}
      </div>
      <p className="soft" id={hint}>
        {t('vault:groups.paste')}
      </p>
    </div>
  )
}
