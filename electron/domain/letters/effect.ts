// What a letter of a template is to the case: not every word to a complainant is an answer to their complaint.

/**
 * `answer` answers; `acknowledgement` says no more than that the complaint has come (ISO 10002:2018, 8.4, apart from the
 * response of 8.7); `notice` is about the records, not about the complaint (PIPL, Article 22).
 */
export type LetterEffect = 'answer' | 'acknowledgement' | 'notice'

const effects: ReadonlyMap<string, LetterEffect> = new Map([
  ['acknowledgement', 'acknowledgement'],
  ['custodian-notice', 'notice'],
])

/** Templates whose letters are no answer. */
export const unansweringTemplates: readonly string[] = [...effects.keys()]

/** A template of the company's own answers; other words under a shipped name don't change what the letter is. */
export function effectOf(templateId: string): LetterEffect {
  return effects.get(templateId) ?? 'answer'
}
