// The tree of categories that forms offer. Owners write it; everybody sees it, and how many complaints lie outside of it.
import type { CategoryTree } from '../../../shared/types/category.ts'
import { useCall } from '../../api/use-call.ts'
import { useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useSessionStore } from '../../stores/session.ts'
import { CategoryTreeEditor } from './CategoryTreeEditor.tsx'
import { OutsideCategories } from './OutsideCategories.tsx'

export function CategoriesSection() {
  const t = useT()
  const owner = useSessionStore((state) => state.session?.role === 'owner')
  const saved = useCall('categories.get', {})
  const usage = useCall('categories.getUsage', {})
  const error = saved.error ?? usage.error
  const tree = saved.data?.tree ?? []
  return (
    <section className="card stack-small" data-testid="categories-settings">
      <div>
        <h2>{t('categories:title')}</h2>
        <p className="soft">{t('categories:text')}</p>
        {!owner && <p className="soft">{t('vault:settings.ownerOnly')}</p>}
      </div>
      {error !== undefined && (
        <ErrorNotice
          error={error}
          onRetry={() => {
            saved.reload()
            usage.reload()
          }}
        />
      )}
      {saved.data !== undefined && owner && (
        <CategoryTreeEditor
          saved={saved.data}
          usage={usage.data}
          onSaved={saved.setData}
          onDiscard={saved.reload}
        />
      )}
      {saved.data !== undefined && !owner && <Shown tree={tree} />}
      {usage.data !== undefined && tree.length > 0 && (
        <OutsideCategories tree={tree} usage={usage.data} owner={owner} />
      )}
    </section>
  )
}

function Shown({ tree }: { tree: CategoryTree }) {
  const t = useT()
  if (tree.length === 0) return <p className="soft">{t('categories:none')}</p>
  return (
    <ul className="plain-list" data-testid="category-tree">
      {tree.map(({ name, sub }) => (
        <li key={name}>
          {name}
          {sub.length > 0 && (
            <ul className="category-shown soft">
              {sub.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
