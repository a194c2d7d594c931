// Sums of money without rounding: decimals as text, added as whole numbers of their smallest part.

/** The exact sum of `amount` × `times` over all, with as many decimals as the longest has; '' where there is nothing. */
export function sumDecimals(terms: readonly { amount: string; times: number }[]): string {
  const numbers = terms.filter(({ amount }) => /^\d+(?:\.\d+)?$/u.test(amount))
  if (numbers.length === 0) return ''
  const scale = Math.max(...numbers.map(({ amount }) => amount.split('.')[1]?.length ?? 0))
  const sum = numbers.reduce((total, { amount, times }) => {
    const [whole = '', decimals = ''] = amount.split('.')
    return total + BigInt(`${whole}${decimals.padEnd(scale, '0')}`) * BigInt(times)
  }, 0n)
  const digits = sum.toString().padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
