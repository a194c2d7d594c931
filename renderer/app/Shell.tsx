// The frame of an open vault: navigation, one page, status line.
import { AuditPage } from '../features/audit/AuditPage.tsx'
import { BackupsPage } from '../features/backups/BackupsPage.tsx'
import { ComplaintCase } from '../features/complaints/ComplaintCase.tsx'
import { ComplaintsPage } from '../features/complaints/ComplaintsPage.tsx'
import { NewComplaintPage } from '../features/complaints/NewComplaintPage.tsx'
import { CustomersPage } from '../features/customers/CustomersPage.tsx'
import { DashboardPage } from '../features/dashboard/DashboardPage.tsx'
import { ExportsPage } from '../features/exports/ExportsPage.tsx'
import { HandoverNotices } from '../features/handover/HandoverNotices.tsx'
import { ImportsPage } from '../features/imports/ImportsPage.tsx'
import { PeoplePage } from '../features/people/PeoplePage.tsx'
import { SearchAll } from '../features/search/SearchAll.tsx'
import { SettingsPage } from '../features/settings/SettingsPage.tsx'
import type { ShellRoute } from '../stores/navigation.ts'
import { Navigation } from './Navigation.tsx'
import { SessionNotices } from './SessionNotices.tsx'
import { StatusLine } from './StatusLine.tsx'
import { VaultWarnings } from './VaultWarnings.tsx'

export function Shell({ route }: { route: ShellRoute }) {
  return (
    <div className="shell" data-testid="shell">
      <Navigation current={route.name} />
      <main className="shell-page">
        <VaultWarnings />
        <SessionNotices />
        <HandoverNotices />
        <Page route={route} />
      </main>
      <StatusLine />
      <SearchAll />
    </div>
  )
}

function Page({ route }: { route: ShellRoute }) {
  switch (route.name) {
    case 'customers':
      return <CustomersPage id={route.id} />
    case 'complaints':
      return route.id === undefined ? <ComplaintsPage /> : <ComplaintCase key={route.id} id={route.id} />
    case 'newComplaint':
      return <NewComplaintPage customerId={route.customerId} customerLabel={route.customerLabel} />
    case 'dashboard':
      return <DashboardPage />
    case 'imports':
      return <ImportsPage />
    case 'exports':
      return <ExportsPage />
    case 'audit':
      return <AuditPage />
    case 'people':
      return <PeoplePage />
    case 'backups':
      return <BackupsPage />
    case 'settings':
      return <SettingsPage section={route.section} />
  }
}
