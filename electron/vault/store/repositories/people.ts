// The list of people that counts: vault.json only opens things, this list says who is entitled.
import { z } from 'zod'
import { roleSchema, type Role } from '../../../../shared/types/vault.ts'
import type { Db } from '../driver.ts'

/** `disabled`: keeps their name and keys, is entitled to nothing. */
export const personStateSchema = z.enum(['active', 'disabled'])
export type PersonState = z.infer<typeof personStateSchema>

export interface Person {
  seq: number
  id: string
  name: string
  role: Role
  recipient: string
  verifyKey: string
  state: PersonState
  createdAt: string
}

export interface PersonRow {
  seq: number
  id: string
  name: string
  role: string
  recipient: string
  verify_key: string
  state: string
  created_at: string
}

function toPerson(row: PersonRow): Person {
  return {
    seq: row.seq,
    id: row.id,
    name: row.name,
    role: roleSchema.parse(row.role),
    recipient: row.recipient,
    verifyKey: row.verify_key,
    state: personStateSchema.parse(row.state),
    createdAt: row.created_at,
  }
}

export function peopleRepository(db: Db) {
  const all = db.prepare<[], PersonRow>('SELECT * FROM people ORDER BY seq')
  const byId = db.prepare<[string], PersonRow>('SELECT * FROM people WHERE id = ?')
  const insert = db.prepare(
    `INSERT INTO people (id, name, role, recipient, verify_key, state, created_at)
     VALUES (@id, @name, @role, @recipient, @verifyKey, 'active', @createdAt)`,
  )
  const setKeys = db.prepare('UPDATE people SET recipient = ?, verify_key = ? WHERE id = ?')
  const put = db.prepare(
    `INSERT INTO people (id, name, role, recipient, verify_key, state, created_at)
     VALUES (@id, @name, @role, @recipient, @verifyKey, @state, @createdAt)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, recipient = excluded.recipient,
       verify_key = excluded.verify_key, state = excluded.state`,
  )
  const remove = db.prepare('DELETE FROM people WHERE id = ?')
  return {
    list: (): Person[] => all.all().map(toPerson),
    /** As the database holds them, for digests. */
    listRows: (): PersonRow[] => all.all(),
    findRow: (id: string): PersonRow | undefined => byId.get(id),
    find: (id: string): Person | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : toPerson(row)
    },
    add: (person: {
      id: string
      name: string
      role: Role
      recipient: string
      verifyKey: string
      createdAt: string
    }): number => Number(insert.run(person).lastInsertRowid),
    /** Adds a person, or writes them anew as they are to stand. */
    put: (person: Omit<Person, 'seq'>): void => {
      put.run(person)
    },
    remove: (id: string): void => {
      remove.run(id)
    },
    setKeys: (id: string, recipient: string, verifyKey: string): void => {
      setKeys.run(recipient, verifyKey, id)
    },
  }
}
