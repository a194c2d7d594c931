import { piecesOf } from '../../lib/placeholders.ts'

/** Redacted text with its placeholders marked. */
export function RedactedText({ text, testId }: { text: string; testId?: string }) {
  if (text === '') return <p className="soft">—</p>
  return (
    <p className="narrative" data-testid={testId}>
      {piecesOf(text).map((piece, index) =>
        piece.placeholder ? (
          <mark key={index} className="placeholder">
            {piece.text}
          </mark>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
    </p>
  )
}
