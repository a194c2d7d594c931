// Pages of a long list, sparse and bounded: the oldest page not looked at goes first.

export class PageCache<T> {
  private readonly pages = new Map<number, readonly T[]>()
  readonly pageSize: number
  private readonly maxPages: number

  constructor(pageSize: number, maxPages: number) {
    this.pageSize = pageSize
    this.maxPages = maxPages
  }

  /** The row at an index, or undefined while its page isn't here. */
  at(index: number): T | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize]
  }

  /** Numbers of the pages in a range of rows (both ends inclusive) that aren't here. */
  missing(first: number, last: number): number[] {
    const wanted: number[] = []
    for (let page = Math.floor(first / this.pageSize); page <= Math.floor(last / this.pageSize); page++) {
      if (!this.pages.has(page)) wanted.push(page)
    }
    return wanted
  }

  /** Keeps a page, dropping the one used longest ago beyond the bound. */
  put(page: number, rows: readonly T[]): void {
    this.pages.delete(page)
    this.pages.set(page, rows)
    while (this.pages.size > this.maxPages) {
      const oldest = this.pages.keys().next()
      if (oldest.done === true) return
      this.pages.delete(oldest.value)
    }
  }

  /** Marks the pages of a range as just used. */
  touch(first: number, last: number): void {
    for (let page = Math.floor(first / this.pageSize); page <= Math.floor(last / this.pageSize); page++) {
      const rows = this.pages.get(page)
      if (rows === undefined) continue
      this.pages.delete(page)
      this.pages.set(page, rows)
    }
  }

  get size(): number {
    return this.pages.size
  }
}
