// For each promise of resources/docs/threat-model.md, one way to break it, and the test that must not stand for it.
// `npm run test:mutations` tries them; test/tools/threat-model.test.ts holds the tables against the page and the sources.
import { atWork } from './at-work.ts'
import { lost } from './lost.ts'
import type { Mutation } from './mutation.ts'
import { window } from './window.ts'

/** In the order of the page. */
export const mutations: readonly Mutation[] = [...lost, ...atWork, ...window].toSorted((one, other) =>
  one.id.localeCompare(other.id),
)
