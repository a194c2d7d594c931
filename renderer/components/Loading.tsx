import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useT } from '../app/i18n.ts'

/** A skeleton that comes after 200 ms: quick answers don't flicker. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const t = useT()
  const [show, setShow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShow(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="loading" role="status" aria-label={t('table.loading')} data-testid="loading">
      {show && <Skeleton title={false} paragraph={{ rows }} />}
    </div>
  )
}
