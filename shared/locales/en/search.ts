// The one box over everything.
import type { search as zh } from '../zh-CN/search.ts'

export const search: typeof zh = {
  title: 'Search everything',
  label: 'Case number, customer, words, person or page',
  records:
    'Identities is closed, so only masked data is searched: by number, the last four digits, words of the text.',
  identities: 'Clear values are searched too; the log says that, not for what.',
  reviewer: 'Your role searches masked data only.',
  denied:
    'This looks like a clear name or number, which your role can’t search for. Try a case number, the last four digits or a word of the text.',
  nothing: 'Nothing found.',
  searching: 'Searching',
  found: '{{n}} found',
  hint: '↑↓ to choose, Enter to open, Esc to close',
  hiddenText: 'in the original, redacted here',
  groups: {
    cases: 'Cases',
    customers: 'Customers',
    texts: 'Words of complaints',
    people: 'People',
    pages: 'Pages',
  },
  shortcut: 'Search everything',
}
