// Opened plaintexts and vault.json are parsed here and judged by a zod schema afterwards.

/** The parsed value, or undefined (which no schema accepts) when the text isn't JSON: the parser's message quotes it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
