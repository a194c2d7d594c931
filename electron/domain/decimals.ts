// Exact sums of decimal numbers written as text. No floating point: 0.1 + 0.2 is 0.3.

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/u

/** A number that stands in a sum so many times. */
export interface Term {
  amount: string
  times: number
}

/** The exact sum of `amount` × `times`; as many decimals as the most precise has. What isn't a decimal number counts nothing. */
export function sumTerms(terms: Iterable<Term>): string {
  let units = 0n
  let scale = 0
  for (const { amount, times } of terms) {
    const match = decimal.exec(amount)
    if (match === null) continue
    const [, sign = '', whole = '', fraction = ''] = match
    if (fraction.length > scale) {
      units *= 10n ** BigInt(fraction.length - scale)
      scale = fraction.length
    }
    const value = BigInt(whole + fraction.padEnd(scale, '0')) * BigInt(times)
    units += sign === '-' ? -value : value
  }
  return written(units, scale)
}

/** The exact sum; '0' where there is nothing to add. */
export function sumDecimals(numbers: readonly string[]): string {
  return sumTerms(numbers.map((amount) => ({ amount, times: 1 })))
}

/** Whether a text is a decimal number that can be added. */
export function isDecimal(text: string): boolean {
  return decimal.test(text)
}

function written(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
