// The threat model promises nothing that no test holds: every promise links to tests that are there, in both languages alike,
// and can be broken on purpose (npm run test:mutations).
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../run/tools.ts'
import { mutations } from './mutations/all.ts'

const page = join(root, 'resources/docs/threat-model.md')

interface Promised {
  id: string
  text: string
  links: { label: string; target: string; name: string }[]
}

/** The rows of one language's table. */
function promisesIn(half: string): Promised[] {
  return [...half.matchAll(/^\| (P\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, id = '', text = '', tests = '']) => ({
      id,
      text: text.trim(),
      links: [...tests.matchAll(/\[([^\]]+)\]\(([^)]+)\) `([^`]+)`/g)].map(
        ([, label = '', target = '', name = '']) => ({ label, target, name }),
      ),
    }),
  )
}

const [chinese = '', english = ''] = readFileSync(page, 'utf8').split('\n---\n')
const both = { 'zh-CN': promisesIn(chinese), en: promisesIn(english) }

/** A test, or a group of them, with this title: the first argument of such a call, also behind `.each(…)`. */
function hasTest(source: string, name: string): boolean {
  const title = name.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
  return new RegExp(`(?:\\b(?:describe|test|it)(?:\\.\\w+)*|\\))\\(\\s*(['"\`])${title}\\1,`, 'u').test(
    source,
  )
}

describe.each(Object.entries(both))('the threat model in %s', (_language, promises) => {
  test('numbers its promises once each, from P01 on', () => {
    expect(promises.length).toBeGreaterThan(40)
    const wanted = promises.map((_, index) => `P${String(index + 1).padStart(2, '0')}`)
    expect(promises.map(({ id }) => id)).toEqual(wanted)
  })

  test('names at least one test for each promise, and each is there', () => {
    for (const { id, links } of promises) {
      expect([id, links.length]).not.toEqual([id, 0])
      for (const { label, target, name } of links) {
        const path = join(dirname(page), target)
        expect([id, label, existsSync(path)]).toEqual([id, label, true])
        expect([id, path]).toEqual([id, join(root, label)])
        expect([id, name, hasTest(readFileSync(path, 'utf8'), name)]).toEqual([id, name, true])
      }
    }
  })

  test('says of each adversary only what is promised', () => {
    const known = new Set(promises.map(({ id }) => id))
    const half = promises === both.en ? english : chinese
    const mentioned = [...half.matchAll(/P\d\d/g)].map(([id]) => id)
    expect(mentioned.filter((id) => !known.has(id))).toEqual([])
  })
})

test('both languages promise the same, by the same tests', () => {
  const links = (promises: Promised[]) => promises.map(({ id, links: tests }) => [id, tests])
  expect(links(both.en)).toEqual(links(both['zh-CN']))
})

test('a test that isn’t there is found out', () => {
  const source = `test('one', () => {})\nit.each([1])(\n  "two (%s)",\n  () => {},\n)\nexpect('three', x)`
  expect(['one', 'two (%s)', 'three', 'on'].map((name) => hasTest(source, name))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

describe('breaking the promises', () => {
  test('there is a way for each, under a test that the page names', () => {
    expect(mutations.map(({ id }) => id)).toEqual(both.en.map(({ id }) => id))
    for (const { id, test: file, name } of mutations) {
      const links = both.en.find((promise) => promise.id === id)?.links ?? []
      expect([id, links.some((link) => link.label === file && link.name === name)]).toEqual([id, true])
    }
  })

  test.each(mutations)('$id finds the place that it breaks, once', ({ file, search, replacement }) => {
    expect(readFileSync(join(root, file), 'utf8').split(search)).toHaveLength(2)
    expect(replacement).not.toBe(search)
  })
})
