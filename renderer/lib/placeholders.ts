// Redacted text in pieces, so that placeholders such as `[手机号 1]` can be marked without any HTML in strings.

export interface TextPiece {
  text: string
  placeholder: boolean
}

// The labels of electron/domain/redact.ts; a test holds the two together.
const pattern =
  /\[(?:姓名|手机号|座机|证件号|统一代码|银行卡|护照|邮箱|地址|境外电话|name|phone|landline|ID|company code|card|passport|email|address|intl phone) \d+\]/gu

/** Whether something was taken out of a text. */
export function hasPlaceholder(text: string): boolean {
  return piecesOf(text).some(({ placeholder }) => placeholder)
}

/** Splits a redacted narrative into plain text and placeholders, in order; joined they are the text again. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), placeholder: false })
    pieces.push({ text: match[0], placeholder: true })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), placeholder: false })
  return pieces
}
