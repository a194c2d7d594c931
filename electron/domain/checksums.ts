// Check digits of the numbers that have one. All take normalised text and answer for the check digit only.

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const residentCheckDigits = '10X98765432'

/** ISO 7064 MOD 11-2 as GB 11643-1999 uses it; `id` is 18 characters, X in capitals. */
export function residentIdCheckHolds(id: string): boolean {
  if (!/^\d{17}[\dX]$/u.test(id)) return false
  const sum = residentWeights.reduce((total, weight, index) => total + weight * Number(id.charAt(index)), 0)
  return residentCheckDigits.charAt(sum % 11) === id.charAt(17)
}

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** MOD 31 of GB 32100-2015; `code` is 18 capitals or digits. */
export function usccCheckHolds(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/u.test(code)) return false
  const sum = usccWeights.reduce(
    (total, weight, index) => total + weight * usccAlphabet.indexOf(code.charAt(index)),
    0,
  )
  return usccAlphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}

/** Luhn (ISO/IEC 7812-1); `digits` is digits only. */
export function luhnHolds(digits: string): boolean {
  if (!/^\d{2,}$/u.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index))
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
