// Texts and names that are code somewhere: in SQL, in HTML, in a spreadsheet, on a terminal, in a path.

/** Set by every planted script that runs. */
export const hitName = 'guicangHit'

const esc = '\u001b'

/** Name of the attack → the text. Each is at most 500 characters long, so that it fits every field of one line. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'SQL quote': `'; DROP TABLE customers; --`,
  'SQL double quote': `" OR 1=1; DELETE FROM audit_entries; --`,
  'SQL union': `x' UNION SELECT value FROM meta WHERE key LIKE '%key%' /*`,
  'SQL full text': `" NEAR(a b) * ^name : "`,
  'SQL wildcard': `%_%\\%`,
  'HTML image': `<img src=x onerror="window.${hitName}=1">`,
  'HTML script': `<script>window.${hitName}=1</script>`,
  'HTML breakout': `"'></textarea></script><svg/onload=window.${hitName}=1>`,
  'HTML frame': `<iframe srcdoc="<script>parent.${hitName}=1</script>"></iframe>`,
  'HTML style': `<style>#root{display:none}</style>`,
  'HTML link': `<a href="javascript:window.${hitName}=1">确认</a>`,
  'HTML form': `<form action="https://192.0.2.1/"><input autofocus onfocus=window.${hitName}=1>`,
  'HTML entities': `&lt;b&gt;&#x3c;script&#x3e;`,
  template: `{{constructor.constructor('window.${hitName}=1')()}}\${window.${hitName}=1}$t(common.ok)`,
  'formula equals': `=cmd|' /C calc'!A0`,
  'formula plus': `+1+cmd|' /C calc'!A0`,
  'formula minus': `-2+3+cmd|' /C calc'!A0`,
  'formula at': `@SUM(1+1)*cmd|' /C calc'!A0`,
  'formula after a tab': `\t=1+1`,
  'formula after a return': `\r=1+1`,
  'formula after a line feed': `\n=HYPERLINK("https://192.0.2.1/","确认")`,
  'formula of full width': `＝1+1`,
  'formula of full width at': `＠SUM(1)`,
  'formula in quotes': `"=1+1",=1+1\r\n=1+1`,
  'terminal colours': `${esc}[2J${esc}[1;31mroot#${esc}[0m`,
  'terminal title': `${esc}]0;owned\u0007${esc}]8;;https://192.0.2.1/\u0007x${esc}]8;;\u0007`,
  'terminal, one byte': `\u009b2J\u009d0;owned\u009c`,
  'forged line': `x\r\n2026-01-01T00:00:00.000Z owner audit.verified ok`,
  backspaces: `abc\b\b\bxyz\u007f`,
  'path up': `../../../../../../etc/passwd`,
  'path of Windows': `..\\..\\C:\\Windows\\system32\\cmd.exe`,
  'path of a share': `\\\\192.0.2.1\\share\\x`,
  'path, encoded': `%2e%2e%2f%00file:///etc/passwd`,
  'device name': `CON`,
  'right to left': `invoice\u202egpj.exe`,
  'bidi isolates': `\u2066\u2067abc\u2069\u2069\u200f\u061c`,
  'zero width': `张\u200b三\u200d\ufeff\u2060`,
  tags: `a\u{e0041}\u{e007f}`,
  NUL: `a\0b`,
  'lone surrogates': `a\ud800b\udfffc`,
  'stacked marks': `ḡ${'\u0332\u0305'.repeat(200)}`,
  emoji: `👩‍👩‍👧‍👦🇨🇳𠮷`,
  'very long': '长'.repeat(500),
  'proto key': `__proto__`,
  'constructor key': `constructor`,
}

/** Names for folders, files and people; what a file system can't hold stands in `impossibleNames`. */
export const hostileNames: Readonly<Record<string, string>> = {
  'right to left': `账目\u202egpj.exe`,
  isolates: `\u2066清算\u2069`,
  'zero width': `清\u200b算\ufeff`,
  escape: `清${esc}[31m算\u0007`,
  'line feed': `清\n算`,
  'return and tab': `清\r\t算`,
  quotes: `清"算'\`账`,
  'leading dash': `--json`,
  'leading dash, short': `-rf`,
  'leading tilde': `~root`,
  'leading at': `@清算`,
  formula: `=1+1`,
  shell: `$(id);|&<>*?[x]!`,
  percent: `%2e%2e%00%n%s`,
  backslash: `清\\..\\算`,
  spaces: ` 清 算 `,
  'trailing dot': `清算.`,
  'device name': `CON`,
  NFC: `caf\u00e9`.normalize('NFC'),
  NFD: `caf\u00e9`.normalize('NFD'),
  emoji: `👩‍👩‍👧‍👦𠮷`,
  HTML: `<img src=x onerror=window.${hitName}=1>`.replaceAll('/', ''),
  'proto key': `__proto__`,
  URL: `file:etc`,
}

/** What a terminal obeys or reorders. */
export const terminalHazard = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Whether a spreadsheet would run a cell with this text. */
export function isFormula(cell: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell)
}
