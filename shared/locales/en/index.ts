import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { cases } from './cases.ts'
import { categories } from './categories.ts'
import { clocks } from './clocks.ts'
import { common } from './common.ts'
import { complaints } from './complaints.ts'
import { customerWork } from './customer-work.ts'
import { customers } from './customers.ts'
import { dashboard } from './dashboard.ts'
import { errors } from './errors.ts'
import { exports } from './exports.ts'
import type { Texts } from '../zh-CN/index.ts'
import { fields } from './fields.ts'
import { findings } from './findings.ts'
import { handover } from './handover.ts'
import { imports } from './imports.ts'
import { letters } from './letters.ts'
import { people } from './people.ts'
import { transactions } from './transactions.ts'
import { search } from './search.ts'
import { vault } from './vault.ts'

export const en: Texts = {
  common,
  errors,
  vault,
  customers,
  customerWork,
  transactions,
  complaints,
  cases,
  categories,
  clocks,
  attachments,
  letters,
  imports,
  exports,
  audit,
  fields,
  findings,
  people,
  backups,
  dashboard,
  search,
  handover,
}
