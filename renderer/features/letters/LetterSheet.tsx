// A letter as it will lie on paper. Everything is text: nothing of a template or a value is ever read as markup.
import type { LetterDocument } from '../../../shared/types/letter.ts'

export function LetterSheet({ letter, testId }: { letter: LetterDocument; testId: string }) {
  const chinese = letter.lang === 'zh-CN'
  const addressee = letter.addressee.length > 1 && (
    <Lines className="sheet-address" lines={letter.addressee} />
  )
  return (
    <article
      className={chinese ? 'sheet sheet-zh' : 'sheet'}
      lang={letter.lang}
      tabIndex={0}
      data-testid={testId}
    >
      <Lines className="sheet-sender" lines={letter.sender} />
      <Lines className="sheet-reference" lines={letter.reference} />
      {!chinese && addressee}
      <h3>{letter.title}</h3>
      {chinese && addressee}
      <p>{letter.salutation}</p>
      {letter.paragraphs.map((paragraph, index) => (
        <p key={index} className="sheet-paragraph">
          {paragraph}
        </p>
      ))}
      <Lines className="sheet-sign" lines={letter.signOff} />
    </article>
  )
}

function Lines({ lines, className }: { lines: readonly string[]; className: string }) {
  if (lines.length === 0) return null
  return (
    <div className={className}>
      {lines.map((line, index) => (
        <div key={index}>{line}</div>
      ))}
    </div>
  )
}

/** The same as plain text. */
export function sheetText(letter: LetterDocument): string {
  const { sender, reference, title, addressee, salutation, paragraphs, signOff } = letter
  const parts = [
    sender,
    reference,
    [title],
    addressee,
    [salutation],
    ...paragraphs.map((one) => [one]),
    signOff,
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}
