// One line of the tree: its name in a field, how many complaints have it, and the ways to move it or take it out.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactNode, useId } from 'react'
import { categoryNameLength, type TreeFault } from '../../../shared/types/category.ts'
import { useLocale, useT } from '../../app/i18n.ts'
import { formatNumber } from '../../lib/format.ts'

export type LineFault = TreeFault['rule'] | 'personal'

interface Props {
  name: string
  label: string
  count: number | undefined
  fault: LineFault | undefined
  first: boolean
  last: boolean
  /** A line that was just added takes the keyboard. */
  fresh: boolean
  testId: string
  onName: (name: string) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  /** Stands before the name. */
  children?: ReactNode
}

export function CategoryLine(props: Props) {
  const { name, label, count, fault, first, last, fresh, testId, onName, onMove, onRemove } = props
  const t = useT()
  const locale = useLocale()
  const faultId = useId()
  const called = name.trim() === '' ? t('categories:unnamed') : name.trim()
  return (
    <div className="category-line" data-testid={testId}>
      {props.children}
      <div className="category-name">
        <Input
          value={name}
          maxLength={categoryNameLength}
          autoComplete="off"
          autoFocus={fresh}
          aria-label={label}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : faultId}
          status={fault === undefined || fault === 'required' ? '' : 'error'}
          data-testid={`${testId}-name`}
          onChange={(event) => onName(event.target.value)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
            if (by === undefined || !event.altKey) return
            event.preventDefault()
            onMove(by)
          }}
        />
        {fault !== undefined && (
          <span id={faultId} className={fault === 'required' ? 'soft' : 'field-error'} role="status">
            {t(`categories:faults.${fault}`)}
          </span>
        )}
      </div>
      <span className="soft figures category-count">
        {count === undefined ? '' : t('categories:count', { n: formatNumber(count, locale) })}
      </span>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        disabled={first}
        aria-label={t('categories:up', { name: called })}
        data-testid={`${testId}-up`}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        disabled={last}
        aria-label={t('categories:down', { name: called })}
        data-testid={`${testId}-down`}
        onClick={() => onMove(1)}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t('categories:remove', { name: called })}
        data-testid={`${testId}-remove`}
        onClick={onRemove}
      />
    </div>
  )
}
