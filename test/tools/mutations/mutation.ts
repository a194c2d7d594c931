// One way to break a promise.

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
