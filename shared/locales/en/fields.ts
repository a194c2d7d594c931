// Classes of columns.
export const fields = {
  title: 'Columns and who sees them',
  text: 'Files bring columns that the program has no field for. Until you class them, their values are masked like names and numbers.',
  none: 'No record has a column of its own.',
  column: 'Column',
  records: 'Records',
  class: 'Class',
  ownerOnly: 'Only an owner sets classes.',
  closed: 'Open clear values to change a class: the values are looked at again.',
  pending: 'Not yet everywhere: {{n}}',
  goOn: 'Go on',
  changed: 'Class set. Records brought to it: {{n}}',
  own: 'The program’s own fields',
  ownText:
    'Their masks are made when a record comes in, and their classes are fixed. What is often a trade secret can be classed as one: that counts at once.',
  ownChanged: 'Class set.',
  kinds: { customers: 'Customers', complaints: 'Complaints', transactions: 'Transactions' },
  classes: {
    identity: 'Personal',
    sensitive: 'Sensitive',
    confidential: 'Trade secret',
    ordinary: 'Ordinary',
  },
  meaning: {
    identity: 'masked; shown with a reason',
    sensitive: 'the mask tells nothing; shown with a reason',
    confidential: 'shown to owners only; left out where somebody else exports',
    ordinary: 'everybody sees it; names and numbers in it stay masked',
  },
  masks: { identity: '***', sensitive: 'sensitive', confidential: 'trade secret' },
}
