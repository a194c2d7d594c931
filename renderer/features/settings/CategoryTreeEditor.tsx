// The tree as an owner writes it: nothing counts before it is saved, and then all of it at once.
import { DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useRef, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { ErrorField } from '../../../shared/errors.ts'
import { mostCategories, mostSubcategories, treeFaults } from '../../../shared/types/category.ts'
import { call } from '../../api/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { OwnForm } from '../../components/OwnForm.tsx'
import { formatNumber } from '../../lib/format.ts'
import { useDataStore } from '../../stores/data.ts'
import { CategoryLine, type LineFault } from './CategoryLine.tsx'
import { type Draft, draftOf, freshName, moved, takenOver, treeOf, withLine } from './category-draft.ts'

interface Props {
  saved: Output<'categories.get'>
  usage: Output<'categories.getUsage'> | undefined
  onSaved: (saved: Output<'categories.get'>) => void
  /** What was written is dropped: what stands there now is what counts. */
  onDiscard: () => void
}

export function CategoryTreeEditor({ saved, usage, onSaved, onDiscard }: Props) {
  const t = useT()
  const locale = useLocale()
  const { message } = App.useApp()
  /** What is being written, upon which state of the tree; absent while nothing has been touched. */
  const [writing, setWriting] = useState<{ draft: Draft; at: string | null }>()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [fresh, setFresh] = useState('')
  const [taken, setTaken] = useState<number>()
  const addButton = useRef<HTMLButtonElement>(null)
  const draft = writing?.draft ?? draftOf(saved.tree)
  const tree = treeOf(draft)
  const changed = JSON.stringify(tree) !== JSON.stringify(saved.tree)

  const save = useAction(async () => {
    const at = writing === undefined ? saved.at : writing.at
    onSaved(await call('categories.set', { tree, at }))
    setWriting(undefined)
    setTaken(undefined)
    useDataStore.getState().bump()
    message.success(t('vault:settings.saved'), 2)
  })
  const write = (next: Draft): void => {
    save.clear()
    setWriting({ draft: next, at: writing === undefined ? saved.at : writing.at })
  }
  const faults = new Map<string, LineFault>(treeFaults(tree).map(({ field, rule }) => [field, rule] as const))
  for (const { field, rule } of save.error?.fields ?? [])
    if (isPersonal({ field, rule })) faults.set(field, 'personal')
  const shows = (key: string, index: number): boolean =>
    open.has(key) || [...faults.keys()].some((field) => field.startsWith(`tree.${index}.sub.`))
  const toggle = (key: string): void => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  const used = new Map((usage?.used ?? []).map((one) => [one.name, one] as const))
  const number = (value: number) => formatNumber(value, locale)
  const ready = changed && faults.size === 0

  return (
    <OwnForm className="stack-small" ready={ready} onSubmit={() => save.run()}>
      {draft.length === 0 && <p className="soft">{t('categories:none')}</p>}
      <ul className="plain-list category-tree" data-testid="category-tree">
        {draft.map((line, index) => {
          const { key, name, sub } = line
          const called = name.trim() === '' ? t('categories:unnamed') : name.trim()
          const use = used.get(name.trim())
          const putSub = (next: typeof sub): void => write(withLine(draft, key, { sub: next }))
          const shown = shows(key, index)
          return (
            <li key={key}>
              <CategoryLine
                name={name}
                label={t('categories:name')}
                count={usage === undefined ? undefined : (use?.count ?? 0)}
                fault={faults.get(`tree.${index}.name`)}
                first={index === 0}
                last={index === draft.length - 1}
                fresh={fresh === key}
                testId={`category-${index}`}
                onName={(typed) => write(withLine(draft, key, { name: typed }))}
                onMove={(by) => write(moved(draft, key, by))}
                onRemove={() => {
                  write(draft.filter((one) => one.key !== key))
                  addButton.current?.focus()
                }}
              >
                <Button
                  type="text"
                  size="small"
                  className="category-open"
                  icon={shown ? <DownOutlined /> : <RightOutlined />}
                  aria-expanded={shown}
                  aria-label={t('categories:subsOf', { name: called, n: number(sub.length) })}
                  data-testid={`category-${index}-open`}
                  onClick={() => toggle(key)}
                >
                  {number(sub.length)}
                </Button>
              </CategoryLine>
              {shown && (
                <ul className="plain-list category-subs">
                  {sub.map((one, place) => (
                    <li key={one.key}>
                      <CategoryLine
                        name={one.name}
                        label={t('categories:subName', { name: called })}
                        count={
                          usage === undefined
                            ? undefined
                            : (use?.sub.find(({ name: other }) => other === one.name.trim())?.count ?? 0)
                        }
                        fault={faults.get(`tree.${index}.sub.${place}`)}
                        first={place === 0}
                        last={place === sub.length - 1}
                        fresh={fresh === one.key}
                        testId={`category-${index}-${place}`}
                        onName={(typed) => putSub(withLine(sub, one.key, { name: typed }))}
                        onMove={(by) => putSub(moved(sub, one.key, by))}
                        onRemove={() => {
                          putSub(sub.filter((other) => other.key !== one.key))
                          addButton.current?.focus()
                        }}
                      />
                    </li>
                  ))}
                  <li>
                    <Button
                      size="small"
                      icon={<PlusOutlined />}
                      disabled={sub.length >= mostSubcategories}
                      aria-label={t('categories:addSubTo', { name: called })}
                      data-testid={`category-${index}-add`}
                      onClick={() => {
                        const added = freshName()
                        setFresh(added.key)
                        putSub([...sub, added])
                      }}
                    >
                      {t('categories:addSub')}
                    </Button>
                  </li>
                </ul>
              )}
            </li>
          )
        })}
      </ul>
      <div className="clock-acts">
        <Button
          ref={addButton}
          icon={<PlusOutlined />}
          disabled={draft.length >= mostCategories}
          data-testid="category-add"
          onClick={() => {
            const added = { ...freshName(), sub: [] }
            setFresh(added.key)
            write([...draft, added])
          }}
        >
          {t('categories:add')}
        </Button>
        <Button
          disabled={usage === undefined}
          data-testid="category-take"
          onClick={() => {
            const all = takenOver(draft, usage?.used ?? [])
            setTaken(all.added)
            if (all.added > 0) write(all.draft)
          }}
        >
          {t('categories:takeOver')}
        </Button>
      </div>
      {taken !== undefined && (
        <p role="status">
          {taken === 0 ? t('categories:takenNone') : t('categories:taken', { n: number(taken) })}
        </p>
      )}
      {(draft.length >= mostCategories || draft.some(({ sub }) => sub.length >= mostSubcategories)) && (
        <p className="soft">{t('categories:full')}</p>
      )}
      {save.error !== undefined && <ErrorNotice error={save.error} />}
      <div className="wizard-foot">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={save.busy}
          data-testid="category-save"
        >
          {t('actions.save')}
        </Button>
        {changed && (
          <>
            <Button
              data-testid="category-discard"
              onClick={() => {
                save.clear()
                setTaken(undefined)
                setWriting(undefined)
                onDiscard()
              }}
            >
              {t('categories:discard')}
            </Button>
            <span className="soft" role="status">
              {draft.length === 0 ? t('categories:removed') : t('categories:changed')}
            </span>
          </>
        )}
        {!changed && draft.length > 1 && <span className="soft">{t('categories:keys')}</span>}
      </div>
    </OwnForm>
  )
}

function isPersonal({ field, rule }: ErrorField): boolean {
  return rule === 'personal' && field.startsWith('tree.')
}
