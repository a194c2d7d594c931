// A category or a subcategory: chosen from what is offered, or typed. What isn't in the vault's tree is said, never refused.
import { Input } from 'antd'
import { useId } from 'react'
import { type CategoryTree, outsideTree } from '../../../shared/types/category.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'

interface Props {
  id?: string
  label?: string
  /** Ids of what else describes the field. */
  describedBy?: string
  value: string
  offered: readonly string[]
  /** Whether to say that the value isn't in the tree. */
  outside: boolean
  onChange: (value: string) => void
  testId: string
  placeholder?: string
  className?: string
  autoFocus?: boolean
}

export function CategoryInput(props: Props) {
  const { id, label, describedBy, value, offered, outside, onChange, testId, placeholder } = props
  const t = useT()
  const listId = useId()
  const hintId = `${testId}-outside`
  const described = [describedBy, outside ? hintId : undefined].filter((one) => one !== undefined).join(' ')
  return (
    <div className={`category-input ${props.className ?? ''}`}>
      <Input
        {...(id === undefined ? {} : { id })}
        list={listId}
        value={value}
        autoComplete="off"
        maxLength={200}
        {...(props.autoFocus === true ? { autoFocus: true } : {})}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(described === '' ? {} : { 'aria-describedby': described })}
        data-testid={testId}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={listId}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {outside && (
        <span id={hintId} className="soft outside-hint" role="status" data-testid={hintId}>
          {t('categories:notInTree')}
        </span>
      )}
    </div>
  )
}

/** The vault's tree; an empty one where there is none, or none yet. */
export function useCategoryTree(): CategoryTree {
  return useCall('categories.get', {}).data?.tree ?? []
}

/** What a pair of inputs offers and says, from the tree; without a tree, `suggested` alone. */
export function categoryChoice(
  tree: CategoryTree,
  typed: { category: string; subcategory: string },
  suggested: readonly string[] = [],
) {
  const below = tree.find(({ name }) => name === typed.category.trim())?.sub ?? []
  return {
    categories: tree.length === 0 ? suggested : tree.map(({ name }) => name),
    subcategories: below,
    outside: outsideTree(tree, typed),
  }
}
