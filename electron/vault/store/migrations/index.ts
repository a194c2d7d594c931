// The explicit list of migration steps, per compartment. Shipped steps are frozen (a test holds their hashes).
import type { Compartment } from '../../../../shared/types/vault.ts'
import { createIdentities } from './identities/0010-create-identities.ts'
import { addTransactionVersions } from './identities/0040-add-transactions.ts'
import { createRecords } from './records/0010-create-records.ts'
import { addInbox } from './records/0020-add-inbox.ts'
import { addCasework } from './records/0030-add-casework.ts'
import { addCustomerWork } from './records/0070-add-customer-work.ts'
import { addInsight } from './records/0080-add-insight.ts'
import { narrowHistory } from './records/0090-narrow-history.ts'
import { addClocksAndViews } from './records/0040-add-clocks-and-views.ts'
import { addBlobs } from './identities/0020-add-blobs.ts'
import { addAttachments } from './records/0050-add-attachments.ts'
import { addLetterVersions } from './identities/0030-add-letters.ts'
import { addLetters } from './records/0060-add-letters.ts'

export interface Migration {
  /** In steps of ten, so that a step can be put between two others before they ship. */
  version: number
  name: string
  sql: string
}

export const migrations: Readonly<Record<Compartment, readonly Migration[]>> = {
  records: [
    { version: 10, name: 'create-records', sql: createRecords },
    { version: 20, name: 'add-inbox', sql: addInbox },
    { version: 30, name: 'add-casework', sql: addCasework },
    { version: 40, name: 'add-clocks-and-views', sql: addClocksAndViews },
    { version: 50, name: 'add-attachments', sql: addAttachments },
    { version: 60, name: 'add-letters', sql: addLetters },
    { version: 70, name: 'add-customer-work', sql: addCustomerWork },
    { version: 80, name: 'add-insight', sql: addInsight },
    { version: 90, name: 'narrow-history', sql: narrowHistory },
  ],
  identities: [
    { version: 10, name: 'create-identities', sql: createIdentities },
    { version: 20, name: 'add-blobs', sql: addBlobs },
    { version: 30, name: 'add-letters', sql: addLetterVersions },
    { version: 40, name: 'add-transactions', sql: addTransactionVersions },
  ],
}
