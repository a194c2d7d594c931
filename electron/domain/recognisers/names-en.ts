// English names in free text: behind a title or a cue, in capitals as names are.

import type { Span } from './types.ts'

const word = "(?:[A-Z]['’])?[A-Z][a-z'’-]{1,20}(?:[A-Z][a-z]{1,20})?"
const middle = `(?:${word}|[A-Z]\\.?)`
const shouted = "[A-Z][A-Z'’-]{1,20}"
const title = '(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|MR|MRS|MS|DR)\\.? '
const titled = new RegExp(
  `${title}(${word}(?: ${middle}){0,2}|${shouted}(?: ${shouted}){0,2})(?![A-Za-z'’])`,
  'gu',
)
const introduced = new RegExp(
  `(?<![A-Za-z])(?:[Mm]y (?:full )?name is|MY NAME IS|[Nn]ame ?[:=]|[Nn]amed|[Cc]alled myself) (${word}(?: ${middle}){0,3})(?![A-Za-z])`,
  'gu',
)
const cued = new RegExp(
  `(?<![A-Za-z])(?:I am|I'm|I’m|[Tt]his is|[Ss]poke (?:with|to)|[Tt]alked (?:with|to)|[Cc]ustomers?|[Cc]lients?|[Cc]omplainants?|[Cc]onsumer|[Cc]ardholder|[Aa]ccount holder|[Bb]orrower|` +
    `[Rr]epresentative|[Aa]gent|[Aa]ttorney|[Mm]anager|[Ss]upervisor|[Hh]usband|[Ww]ife|[Ss]pouse|[Ss]on|[Dd]aughter|[Ff]riend|[Aa]ttn|[Cc]ontact|` +
    `[Ss]incerely|[Rr]egards|[Yy]ours truly|[Ss]igned|[Dd]ear)[:,]?[ \\n]{1,2}(${word}(?: ${middle}){1,3})(?![A-Za-z])`,
  'gu',
)

/** Capitalised words that aren't names: months, days, firms, offices, and the words that sentences start with. */
const notNames = new Set(
  (
    'The This That These Those There Then They We You He She It Its I A An And But Or If When While Where What Why How Who Which Since Because After Before ' +
    'Call Please Thank Thanks Hello Hi Dear Sir Madam Sirs Yes No Not Very Never Always Also Still Now Today Yesterday In On At By For From To Of With As My Your Our Their His Her ' +
    'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday ' +
    'Bank Credit Card Bureau Company Corporation Corp Inc Llc Ltd Group Services Service Financial Finance Mortgage Loan Loans Department Dept Office Customer Care Support Relations ' +
    'Client Representative Agent Manager Supervisor Team Center Centre Account Accounts Number Equifax Experian Transunion Trans Union Chase Wells Fargo America American Capital One Citi Citibank ' +
    'Discover Express Visa Mastercard Amazon Paypal Apple Google Federal Consumer Protection Fair Reporting Act Trade Commission Social Security Attorney General Court County State States United ' +
    'Street Avenue Road Insurance Collection Collections Recovery Solutions Systems Union National Navy Disputes Dispute Fraud Identity Theft Billing Payment Payments Sales Store Online Website ' +
    'Complaint Complaints Resolution Escalation Executive Human Resources Privacy Policy Agreement Contract Report Reports File Better Business House Senate Congress English Spanish Chinese'
  ).split(' '),
)

/** Spans of names behind titles and cues. XXXX (how the CFPB blanks names out) is none. */
export function scanEnglishNames(norm: string): Span[] {
  const spans: Span[] = []
  for (const [pattern, least] of [
    [titled, 1],
    [introduced, 1],
    [cued, 2],
  ] as const) {
    for (const match of norm.matchAll(pattern)) {
      // 12 Maple Dr. Call me …: a street, not a doctor.
      if (
        /^D[rR]/u.test(match[0]) &&
        /[0-9] (?:[A-Z][A-Za-z.]{0,20} ){1,4}$/u.test(norm.slice(Math.max(0, match.index - 60), match.index))
      )
        continue
      const name = trimmed(match[1] ?? '')
      if (name.split(' ').length < least || name === '') continue
      const from = match.index + match[0].length - (match[1] ?? '').length
      spans.push({ type: 'name', from, to: from + name.length })
    }
  }
  return spans
}

/** The name up to the first word that can't be in one. */
function trimmed(name: string): string {
  const kept: string[] = []
  for (const part of name.split(' ')) {
    const plain = part.charAt(0) + part.slice(1).toLowerCase()
    if (/^X+$/u.test(part) || notNames.has(plain.replaceAll(/['’.]s?$/gu, ''))) break
    kept.push(part)
  }
  // A trailing initial or possessive doesn't belong to it.
  return kept
    .join(' ')
    .replace(/['’]s$/u, '')
    .replace(/ [A-Z]\.?$/u, '')
}
