// Masked columns: computed once, on the way in. Profile `standard` of the mask table.

import { cleanText } from '../characters.ts'
import { maskAddress, maskBirthDate, maskEmail } from './contact.ts'
import { maskBankCard, maskPassport, maskResidentId, maskUscc } from './identity.ts'
import { maskName } from './name.ts'
import { maskLandline, maskMobile, maskPhone } from './phone.ts'
import { type FieldKind, hidden, type Masked, unparsed } from './types.ts'

export { maskRules } from './rules.ts'
export { fieldKinds, type FieldKind, hidden, type Masked } from './types.ts'

const byKind: Record<FieldKind, (raw: string) => Masked> = {
  name: maskName,
  mobile: maskMobile,
  landline: maskLandline,
  phone: maskPhone,
  residentId: maskResidentId,
  passport: maskPassport,
  bankCard: maskBankCard,
  email: maskEmail,
  address: maskAddress,
  birthDate: maskBirthDate,
  uscc: maskUscc,
  // Nothing is known of it, so nothing of it is shown.
  text: () => ({ masked: hidden, parsed: true }),
}

/** No value of any kind but `text` is longer, in UTF-16 units. */
const longestValue = 1000

/**
 * Masks one cell by the rule of its kind. An empty cell (white space and invisible characters only) gives '' and, for a name, the
 * warning `missing-name`; a value that doesn't parse gives `***`, `parsed: false` and a warning. Never throws.
 */
export function maskValue(kind: FieldKind, raw: string): Masked {
  if (kind !== 'text' && raw.length > longestValue) return unparsed('value-too-long')
  if (cleanText(raw) === '')
    return kind === 'name'
      ? { masked: '', parsed: false, warning: 'missing-name' }
      : { masked: '', parsed: true }
  return byKind[kind](raw)
}
