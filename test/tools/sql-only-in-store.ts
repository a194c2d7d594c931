// SQL text stands in repositories and migrations only; statements about a connection (pragmas, transactions, VACUUM)
// may stand elsewhere in the store. Reads the string literals of every product file, so comments and names don't count.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { z } from 'zod'

const dataStatement =
  /\b(SELECT\s[^]*\bFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+(OR\s+\w+\s+)?\w+\s+SET\s|DELETE\s+FROM\s|(CREATE|DROP|ALTER)\s+(TEMP\s+|TEMPORARY\s+|UNIQUE\s+|VIRTUAL\s+)?(TABLE|INDEX|VIEW|TRIGGER)\s|WITH\s+(RECURSIVE\s+)?\w+\s*(\([^)]*\)\s*)?AS\s*\()/
const connectionStatement =
  /\b(PRAGMA\s+\w|VACUUM\b|ATTACH\s|DETACH\s|BEGIN(\s+(IMMEDIATE|EXCLUSIVE|DEFERRED))?\s*;?$|SAVEPOINT\s|REINDEX\b|ANALYZE\s)/
// In lower case these are English words too: there, the text has to begin with the statement.
const lowerCaseStatement =
  /^\s*(select\s(\*|[\w.]+(\s*,\s*[\w.]+)*|count\(.*?\))\s+from\s|insert\s+(or\s+\w+\s+)?into\s+\w+\s*\(|update\s+\w+\s+set\s+\w+\s*=|delete\s+from\s+\w+|(create|drop|alter)\s+(virtual\s+|unique\s+)?(table|index|trigger|view)\s|pragma\s+\w)/

const dataFolders = /^electron\/vault\/store\/(repositories|migrations)\//
const storeFolder = /^electron\/vault\/store\//

// Asking a file what it is made of, and proving that its key is the right one, is about the connection as well.
const aboutTheFile = /\bFROM\s+sqlite_(master|schema)\b|^CREATE TABLE proof\b/

const literal = z.union([
  z.object({ type: z.literal('StringLiteral'), value: z.string() }).transform((node) => node.value),
  z.object({ type: z.literal('TemplateElement'), raw: z.string() }).transform((node) => node.raw),
])

/** Every string and template text in a syntax tree. */
function textsIn(tree: unknown): string[] {
  const texts: string[] = []
  const waiting: unknown[] = [tree]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null) continue
    const found = literal.safeParse(node)
    if (found.success) texts.push(found.data)
    for (const child of Object.values(node)) waiting.push(child)
  }
  return texts
}

/**
 * Says which SQL stands in a file where it may not.
 * @param path the file's path from the repository's root, with forward slashes
 * @returns the beginning of each such text; empty when all is well
 */
export function misplacedSql(path: string, source: string): string[] {
  if (dataFolders.test(path)) return []
  const tree = parseSync(source, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2022' })
  const misplaced = storeFolder.test(path)
    ? (text: string) => dataStatement.test(text) && !aboutTheFile.test(text)
    : (text: string) =>
        dataStatement.test(text) || connectionStatement.test(text) || lowerCaseStatement.test(text)
  return textsIn(tree)
    .filter(misplaced)
    .map((text) => text.trim().replaceAll(/\s+/g, ' ').slice(0, 60))
}

/** The same for every product file under a root. Returns lines of `path: beginning of the text`. */
export function misplacedSqlIn(root: string): string[] {
  return globSync('{electron,renderer,shared}/**/*.{ts,tsx}', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) =>
      misplacedSql(file, readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`),
    )
}
