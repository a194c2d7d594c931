// Redacted text in pieces, so that placeholders such as `[手机号 1]` can be marked without any HTML in strings.

export interface TextPiece {
  text: string
  placeholder: boolean
}

const pattern =
  /\[(?:手机号|电话|座机|姓名|证件号|银行卡|地址|邮箱|护照|统一代码|境外电话|phone|mobile|landline|name|ID|card|bank card|address|email|e-mail|passport|USCC|intl phone|international phone) \d+\]/giu

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
