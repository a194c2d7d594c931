// Complaints whose category isn't in the tree: which names, how many, and an owner's way to give them one of the tree's.
import { Button } from 'antd'
import { useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { CategoryTree } from '../../../shared/types/category.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ActionError } from '../../components/ActionError.tsx'
import { Field } from '../../components/Field.tsx'
import { FormFoot } from '../../components/FormFoot.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { RefusedCases } from '../complaints/BulkBar.tsx'
import { categoryChoice, CategoryInput } from '../complaints/CategoryInput.tsx'
import { moveComplaints, type MoveTarget, type OutsideName, takeBack } from './move-complaints.ts'

interface Props {
  tree: CategoryTree
  usage: Output<'categories.getUsage'>
  owner: boolean
}

/** Names that are listed; the rest is counted. */
const mostShown = 30

export function OutsideCategories({ tree, usage, owner }: Props) {
  const t = useT()
  const locale = useLocale()
  const [moving, setMoving] = useState<string>()
  const [done, setDone] = useState<{ acts: string[]; changed: number }>()
  const names: (OutsideName & { count: number })[] = [...usage.outside, ...usage.outsideSub]
  const number = (value: number) => formatNumber(value, locale)
  return (
    <div className="stack-small" data-testid="categories-outside">
      <h3>{t('categories:outsideTitle')}</h3>
      <p className="soft" role="status">
        {usage.outsideCount === 0
          ? t('categories:outsideNone')
          : t('categories:outside', { n: number(usage.outsideCount) })}
      </p>
      {done !== undefined && <MoveDone key={done.acts.join(' ')} {...done} />}
      <ul className="plain-list">
        {names.slice(0, mostShown).map((name) => {
          const key = JSON.stringify([name.category, name.subcategory ?? null])
          const called =
            name.subcategory === undefined
              ? name.category
              : t('categories:path', { category: name.category, subcategory: name.subcategory })
          return (
            <li key={key} data-testid="outside-name">
              <div className="category-line">
                <span className="category-name">{called}</span>
                <span className="soft figures category-count">
                  {t('categories:count', { n: number(name.count) })}
                </span>
                {owner && (
                  <Button
                    size="small"
                    aria-label={t('categories:moveOne', { name: called })}
                    aria-expanded={moving === key}
                    data-testid="outside-move"
                    onClick={() => setMoving(moving === key ? undefined : key)}
                  >
                    {t('categories:move')}
                  </Button>
                )}
              </div>
              {moving === key && (
                <MoveForm
                  tree={tree}
                  name={name}
                  onClose={() => setMoving(undefined)}
                  onMoved={(acts, changed) => {
                    setDone({ acts, changed })
                    useDataStore.getState().bump()
                  }}
                />
              )}
            </li>
          )
        })}
      </ul>
      {names.length > mostShown && (
        <p className="soft">{t('categories:more', { n: number(names.length - mostShown) })}</p>
      )}
    </div>
  )
}

interface MoveProps {
  tree: CategoryTree
  name: OutsideName & { count: number }
  onClose: () => void
  onMoved: (acts: string[], changed: number) => void
}

function MoveForm({ tree, name, onClose, onMoved }: MoveProps) {
  const t = useT()
  const alone = name.subcategory !== undefined
  const [category, setCategory] = useState(alone ? name.category : '')
  const [subcategory, setSubcategory] = useState('')
  const choice = categoryChoice(tree, { category, subcategory })
  const ready = choice.outside === undefined && category.trim() !== ''
  const move = useAction(async () => {
    const below = subcategory.trim()
    const target: MoveTarget = {
      category: category.trim(),
      // A subcategory that is outside alone has to become another one, or none.
      ...(alone || below !== '' ? { subcategory: below } : {}),
    }
    await moveComplaints(name, target, onMoved)
    onClose()
  })
  return (
    <OwnForm
      className="stack-small category-move"
      ready={ready}
      onSubmit={() => move.run()}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className="pair tight">
        <Field label={t('complaints:fields.category')}>
          {({ id, describedBy }) => (
            <CategoryInput
              id={id}
              describedBy={describedBy}
              autoFocus
              value={category}
              offered={choice.categories}
              outside={choice.outside === 'category'}
              onChange={setCategory}
              testId="move-category"
            />
          )}
        </Field>
        <Field label={t('complaints:fields.subcategory')}>
          {({ id, describedBy }) => (
            <CategoryInput
              id={id}
              describedBy={describedBy}
              value={subcategory}
              offered={choice.subcategories}
              outside={choice.outside === 'subcategory'}
              onChange={setSubcategory}
              testId="move-subcategory"
            />
          )}
        </Field>
      </div>
      <p className="soft">{alone ? t('categories:moveSubHint') : t('categories:moveHint')}</p>
      {move.error !== undefined && (
        <ActionError error={move.error} onOpened={move.clear}>
          <RefusedCases error={move.error} />
        </ActionError>
      )}
      <FormFoot
        small
        confirm={t('categories:moveConfirm')}
        ready={ready}
        busy={move.busy}
        onClose={onClose}
        testId="move-apply"
      />
    </OwnForm>
  )
}

function MoveDone({ acts, changed }: { acts: string[]; changed: number }) {
  const t = useT()
  const locale = useLocale()
  const [back, setBack] = useState<{ undone: number; kept: number }>()
  const undo = useAction(async () => {
    setBack(await takeBack(acts, changed))
    useDataStore.getState().bump()
  })
  return (
    <div className="notice-bar" role="status" data-testid="move-done">
      {back === undefined ? (
        <>
          <span>{t('categories:moved', { n: formatNumber(changed, locale) })}</span>
          <Button size="small" loading={undo.busy} onClick={() => undo.run()} data-testid="move-undo">
            {t('categories:undo')}
          </Button>
        </>
      ) : (
        <span>
          {t('categories:movedBack', { n: formatNumber(back.undone, locale) })}{' '}
          {back.kept > 0 && t('categories:movedKept', { n: formatNumber(back.kept, locale) })}
        </span>
      )}
      {undo.error !== undefined && <ActionError error={undo.error} onOpened={undo.clear} />}
    </div>
  )
}
