// Letters that went out, and templates of one's own.
import { type Letter, letterSchema } from '../../../../shared/types/letter.ts'
import type { Db } from '../driver.ts'
import { liveRows } from './rows.ts'
import { vouchedRepository } from './vouched.ts'

export interface LetterRow {
  seq: number
  id: string
  complaint_id: string
  event_seq: number
  template: string
  lang: string
  at: string
  user: string
  title: string
  text: string
  state: string
  identity_version: string
  identity_digest: string
}

export interface LetterTemplateRow {
  seq: number
  id: string
  lang: string
  body: string
  at: string
  user: string
}

const letterColumns = [
  'id',
  'complaint_id',
  'event_seq',
  'template',
  'lang',
  'at',
  'user',
  'title',
  'text',
  'state',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof LetterRow)[]

function toLetter(row: LetterRow): Letter {
  const { id, at, user, template, lang, title, text, state } = row
  return letterSchema.parse({ id, at, user, template, lang, title, text, state })
}

export function lettersRepository(db: Db) {
  const ofComplaint = db.prepare<[string], LetterRow>(
    'SELECT * FROM letters WHERE complaint_id = ? ORDER BY seq',
  )
  const byId = db.prepare<[string], LetterRow>(
    `SELECT * FROM letters WHERE id = ? AND complaint_id IN (SELECT id FROM complaints WHERE ${liveRows})`,
  )
  return {
    ...vouchedRepository<LetterRow>(db, 'letters', letterColumns),
    rowsOf: (complaintId: string): LetterRow[] => ofComplaint.all(complaintId),
    ofComplaint: (complaintId: string): Letter[] => ofComplaint.all(complaintId).map(toLetter),
    find: (id: string): LetterRow | undefined => byId.get(id),
  }
}

export function letterTemplatesRepository(db: Db) {
  const all = db.prepare<[], LetterTemplateRow>('SELECT * FROM letter_templates ORDER BY id, lang')
  const one = db.prepare<[string, string], LetterTemplateRow>(
    'SELECT * FROM letter_templates WHERE id = ? AND lang = ?',
  )
  return {
    ...vouchedRepository<LetterTemplateRow>(db, 'letter_templates', ['id', 'lang', 'body', 'at', 'user']),
    list: (): LetterTemplateRow[] => all.all(),
    find: (id: string, lang: string): LetterTemplateRow | undefined => one.get(id, lang),
  }
}
