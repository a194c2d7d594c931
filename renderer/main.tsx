import './api/jitless.ts'
import './fonts/fonts.css'
import './theme/base.css'
import './theme/parts.css'
import './theme/table.css'
import './theme/records.css'
import './theme/customers.css'
import './theme/shell.css'
import './theme/pages.css'
import './theme/complaints.css'
import './theme/attachments.css'
import './theme/letters.css'
import './theme/exchange.css'
import './theme/dashboard.css'
import './theme/print.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { boot } from './app/boot.ts'
import { refuseDrops } from './app/refuse-drops.ts'

const root = document.getElementById('root')
if (root !== null) {
  // The nonce is readable as a property only; the attribute is emptied by the browser.
  const meta = document.querySelector('meta[property="csp-nonce"]')
  const nonce = meta instanceof HTMLElement ? meta.nonce : ''
  refuseDrops()
  void boot().finally(() => createRoot(root).render(<App nonce={nonce} />))
}
