// Keys and passphrases as bytes: in the encodings in which a process may hold or write them.

/** Every form of a secret; a key of 64 hex digits also as the 32 bytes that it stands for. */
export function secretForms(secret: string): Buffer[] {
  const raw = /^[0-9a-f]{64}$/u.test(secret) ? [Buffer.from(secret, 'hex')] : []
  const texts = [secret, JSON.stringify(secret).slice(1, -1)].map((text) => Buffer.from(text))
  const all = [...texts, Buffer.from(secret, 'utf16le'), ...raw]
  return all.filter((form, index) => all.findIndex((other) => other.equals(form)) === index)
}

/** How often a secret stands in the bytes, in any form. */
export function countSecret(bytes: Buffer, secret: string): number {
  let count = 0
  for (const form of secretForms(secret)) {
    for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) count += 1
  }
  return count
}
