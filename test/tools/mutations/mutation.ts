// For each promise of resources/docs/threat-model.md, one way to break it, and the test that must not stand for it.
// `npm run test:mutations` tries them; test/tools/threat-model.test.ts holds the tables against the page and the sources.
import { atWork } from './at-work.ts'
import { lost } from './lost.ts'
import { window } from './window.ts'

export interface Mutation {
  /** The promise, as the page numbers it. */
  id: string
  /** The source that is broken. */
  file: string
  /** Stands there exactly once. */
  search: string
  replacement: string
  /** One of the tests that the page links to, and its name there. */
  test: string
  name: string
  /** What selects it, where the name has places to fill in (`%s`) or needs the tests before it; a regular expression. */
  only?: string
}

/** In the order of the page. */
export const mutations: readonly Mutation[] = [...lost, ...atWork, ...window].toSorted((one, other) =>
  one.id.localeCompare(other.id),
)
