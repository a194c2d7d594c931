import { expect, test } from 'vitest'
import { misplacedSql } from './sql-only-in-store.ts'

const usecase = 'electron/vault/usecases/customers.ts'

test.each([
  "export const x = 'SELECT id FROM customers'",
  'export const x = `\n  SELECT id,\n  name FROM customers WHERE id = ${1}`',
  "export const x = 'insert into customers (id) values (1)'",
  "export const x = 'UPDATE customers SET name = 1'",
  "export const x = 'delete from customers'",
  "export const x = 'CREATE VIRTUAL TABLE t USING fts5(a)'",
  "export const x = 'PRAGMA key = 1'",
  "export const x = 'WITH a AS (SELECT 1) SELECT * FROM a'",
  "export const x = 'VACUUM'",
])('found outside of the store: %s', (source) => {
  expect(misplacedSql(usecase, source)).toHaveLength(1)
  expect(misplacedSql('electron/vault/store/repositories/customers.ts', source)).toEqual([])
})

test('the store may talk about its connection, not about data', () => {
  expect(misplacedSql('electron/vault/store/driver.ts', "export const x = 'VACUUM'")).toEqual([])
  expect(
    misplacedSql('electron/vault/store/driver.ts', "export const x = 'SELECT id FROM customers'"),
  ).toHaveLength(1)
})

test.each([
  "// SELECT id FROM customers\nexport const x = 'Select a file from the list'",
  "export const x = 'select a customer from the list, then update it'",
  "export const x = 'Begin here'",
])('left alone: %s', (source) => {
  expect(misplacedSql(usecase, source)).toEqual([])
})
