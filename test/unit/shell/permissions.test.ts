// The permission table against the names that the installed Electron knows.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isGranted, permissionDecisions } from '../../../electron/shell/hosts/electron/permissions.ts'
import { fromRoot } from '../../../electron/shell/hosts/paths.ts'

test('every name that Electron knows is decided, each refusal with a reason', () => {
  const types = readFileSync(fromRoot('node_modules/electron/electron.d.ts'), 'utf8')
  const known = ['setPermissionRequestHandler', 'setPermissionCheckHandler'].flatMap((setter) => {
    const line = types.split('\n').find((text) => text.includes(`    ${setter}(handler:`)) ?? ''
    const union = /permission: ((?:'[^']+'(?: \| )?)+)/.exec(line)?.[1] ?? ''
    return [...union.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')
  })
  expect(known.length).toBeGreaterThan(60)
  expect(Object.keys(permissionDecisions).toSorted()).toEqual([...new Set(known)].toSorted())
  for (const [name, reason] of Object.entries(permissionDecisions))
    expect(reason === null || reason.length > 10, name).toBe(true)
  expect(['constructor', '__proto__', 'toString', ''].some(isGranted)).toBe(false)
})
