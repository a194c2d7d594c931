import {
  AuditOutlined,
  ContactsOutlined,
  DashboardOutlined,
  ExportOutlined,
  HddOutlined,
  ImportOutlined,
  MessageOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useCall } from '../api/use-call.ts'
import { formatNumber } from '../lib/format.ts'
import { go, type ShellRoute } from '../stores/navigation.ts'
import { useLocale, useT } from './i18n.ts'

type Page =
  | 'dashboard'
  | 'complaints'
  | 'customers'
  | 'imports'
  | 'exports'
  | 'audit'
  | 'people'
  | 'backups'
  | 'settings'

const icons: Record<Page, ReactNode> = {
  dashboard: <DashboardOutlined />,
  complaints: <MessageOutlined />,
  customers: <TeamOutlined />,
  imports: <ImportOutlined />,
  exports: <ExportOutlined />,
  audit: <AuditOutlined />,
  people: <ContactsOutlined />,
  backups: <HddOutlined />,
  settings: <SettingOutlined />,
}
const pages: readonly Page[] = ['dashboard', 'complaints', 'customers', 'imports', 'exports', 'audit']
const keeping: readonly Page[] = ['people', 'backups', 'settings']

export function Navigation({ current }: { current: ShellRoute['name'] }) {
  const t = useT()
  const locale = useLocale()
  const summary = useCall('complaints.summary', {})
  const here = current === 'newComplaint' ? 'complaints' : current
  const entry = (page: Page, count?: number) => (
    <li key={page}>
      <button
        type="button"
        className="nav-entry"
        aria-current={here === page ? 'page' : undefined}
        data-testid={`nav-${page}`}
        onClick={() => go({ name: page })}
      >
        <span className="nav-icon" aria-hidden="true">
          {icons[page]}
        </span>
        <span className="nav-word">{t(`nav.${page}`)}</span>
        {count !== undefined && count > 0 && <span className="nav-count">{formatNumber(count, locale)}</span>}
      </button>
    </li>
  )
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <div className="nav-name">{t('appName')}</div>
      <ul>{pages.map((page) => entry(page, page === 'complaints' ? summary.data?.open : undefined))}</ul>
      <ul className="nav-foot">{keeping.map((page) => entry(page))}</ul>
    </nav>
  )
}
