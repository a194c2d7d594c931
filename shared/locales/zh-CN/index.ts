import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { cases } from './cases.ts'
import { common } from './common.ts'
import { complaints } from './complaints.ts'
import { customers } from './customers.ts'
import { errors } from './errors.ts'
import { exports } from './exports.ts'
import { findings } from './findings.ts'
import { imports } from './imports.ts'
import { letters } from './letters.ts'
import { people } from './people.ts'
import { vault } from './vault.ts'

export const zhCN = {
  common,
  errors,
  vault,
  customers,
  complaints,
  cases,
  letters,
  imports,
  exports,
  audit,
  findings,
  people,
  backups,
}

/** The shape that every language has: a text that is missing in one of them doesn't compile. */
export type Texts = typeof zhCN
