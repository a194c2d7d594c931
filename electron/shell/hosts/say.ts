// What the starter says on the terminal: every sentence in both languages, Chinese first.

/** Prints one line in Chinese and one in English. */
export function say(chinese: string, english: string): void {
  process.stdout.write(`${chinese}\n${english}\n\n`)
}

/** A note on how something runs, for whoever reads the terminal; English only, as logs are. */
export function note(sentence: string): void {
  process.stderr.write(`guicang: ${sentence}\n`)
}
