// The page about the formats names every action that the log can hold.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { audit } from '../../../shared/locales/en/audit.ts'

const byCode = (a = '', b = ''): number => (a < b ? -1 : 1)

test('format.md lists the actions of the log', () => {
  const page = readFileSync(new URL('../../../resources/docs/format.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('| 关于 / about | `action` |'))
  const told = [...table.slice(0, table.indexOf('\n\n')).matchAll(/`([a-z]+\.[A-Za-z]+)`/gu)].map(
    ([, name]) => name,
  )
  expect(told.toSorted(byCode)).toEqual(Object.keys(audit.actions).toSorted(byCode))
})
