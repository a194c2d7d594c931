// Exact sums of decimal numbers written as text. No floating point: 0.1 + 0.2 is 0.3.

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/u

/** The exact sum; as many decimals as the most precise of the numbers has. What isn't a decimal number counts nothing. */
export function sumDecimals(numbers: Iterable<string>): string {
  let units = 0n
  let scale = 0
  for (const number of numbers) {
    const match = decimal.exec(number)
    if (match === null) continue
    const [, sign = '', whole = '', fraction = ''] = match
    if (fraction.length > scale) {
      units *= 10n ** BigInt(fraction.length - scale)
      scale = fraction.length
    }
    const value = BigInt(whole + fraction.padEnd(scale, '0'))
    units += sign === '-' ? -value : value
  }
  return written(units, scale)
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
