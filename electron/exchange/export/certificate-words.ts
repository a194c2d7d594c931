// The certificate's words. Chinese as a careful clerk writes it, English as plain as a good manual.
import type { CertificateBlock, CertificateData, CertificateLanguage } from './certificate-data.ts'
import { publicKeyPath, signaturePath, signedFile } from './bag-signature.ts'

interface Wording {
  titles: Record<CertificateData['kind'], string>
  intro: Record<CertificateData['kind'], string>
  roles: ReadonlyMap<string, string>
  about: string
  labels: Record<
    'company' | 'custodian' | 'authority' | 'contact' | 'vault' | 'madeAt' | 'madeBy' | 'reason' | 'scope',
    string
  >
  epoch: (epoch: string) => string
  person: (name: string, role: string) => string
  scopeName: Record<CertificateData['scope'], string>
  scope: Record<CertificateData['scope'], string>
  contents: string
  counts: Record<keyof NonNullable<CertificateData['counts']>, string>
  total: (files: string, fileCount: number, rows: string, rowCount: number) => string
  measure: (rows: string | undefined, rowCount: number, bytes: string, byteCount: number) => string
  log: string
  checkpoint: string
  checkpointLabels: { size: string; root: string }
  entries: (size: string, count: number) => string
  key: string
  fingerprint: string
  secondChannel: string
  check: string
  checkSteps: [signature: string, files: string, key: string]
}

const chinese: Wording = {
  titles: { export: '导出证书', backup: '备份证书', 'sealed-copy': '封存副本证书' },
  intro: {
    export: '本证书说明随附数据包的来源、内容和核对方法。数据包由归藏从下列保险库导出。',
    backup: '本证书说明随附备份的来源、内容和核对方法。备份由归藏为下列保险库制作。',
    'sealed-copy':
      '本证书说明随附封存副本的来源、内容和核对方法。封存副本由归藏从下列保险库制作，供查阅，不供修改。',
  },
  roles: new Map([
    ['owner', '管理员'],
    ['handler', '经办人'],
    ['reviewer', '复核员'],
    ['auditor', '审计员'],
    ['recovery', '恢复凭证'],
  ]),
  about: '来源',
  labels: {
    company: '公司',
    custodian: '保管人',
    authority: '授权文件',
    contact: '联系方式',
    vault: '保险库编号',
    madeAt: '制作时间',
    madeBy: '制作人',
    reason: '制作事由',
    scope: '内容范围',
  },
  epoch: (epoch) => `（密钥第 ${epoch} 期）`,
  person: (name, role) => `${name}（${role}）`,
  scopeName: { masked: '脱敏', clear: '明文', encrypted: '整个保险库（加密）' },
  scope: {
    masked:
      '本数据包只含脱敏内容：姓名、证件号码、电话、邮箱、地址和银行卡号各栏均已遮盖，凭本数据包无法还原。投诉正文等自由文本中的个人信息由程序识别后替换，仍可能有遗漏，转交前请抽查。',
    clear: '本数据包含有明文：其中的个人信息未经遮盖。请只交给有权知悉的人，限于约定用途使用，到期销毁。',
    encrypted:
      '本数据包含有整个保险库，一切内容均已加密，须用制作时有效的口令或恢复凭证打开。制作后修改的口令不适用于本数据包。用后如需销毁，请连同全部副本一并销毁。',
  },
  contents: '内容',
  counts: { customers: '客户', complaints: '投诉', attachments: '附件', auditEntries: '日志' },
  total: (files, _fileCount, rows) => `共 ${files} 个文件，表格合计 ${rows} 行（不含表头）。`,
  measure: (rows, _rowCount, bytes) => (rows === undefined ? `${bytes} 字节` : `${rows} 行，${bytes} 字节`),
  log: '审计日志',
  checkpoint:
    '制作时审计日志的校验点如下，经签名的原文见 checkpoint.txt。请将校验点另行保存：此后日志如有删改，与校验点核对即可发现。',
  checkpointLabels: { size: '条目', root: '树根' },
  entries: (size) => `${size} 条`,
  key: '签名',
  fingerprint: '公钥指纹',
  secondChannel:
    '请通过另一条渠道（例如电话）向制作人核对公钥指纹。指纹一致，下面的核对才能说明数据包出自制作人之手。',
  check: '核对方法',
  checkSteps: [
    '不需要归藏，用通用工具即可核对。在数据包的顶层文件夹中执行（需要 OpenSSL 3.0 或更高版本），先核对签名：',
    '再核对全部文件：',
    '下列命令的结果应与公钥指纹一致：',
  ],
}

const english: Wording = {
  titles: {
    export: 'Export certificate',
    backup: 'Backup certificate',
    'sealed-copy': 'Sealed copy certificate',
  },
  intro: {
    export:
      'This page belongs to a bag of files. It says where the bag is from, what it holds and how to check it. Guicang exported it from the vault below.',
    backup:
      'This page belongs to a backup. It says where the backup is from, what it holds and how to check it. Guicang made the backup of the vault named below.',
    'sealed-copy':
      'This page belongs to a sealed copy. It says where the copy is from, what it holds and how to check it. Guicang made the copy from the vault named below, to be read and not to be changed.',
  },
  roles: new Map([['recovery', 'recovery kit']]),
  about: 'Where it is from',
  labels: {
    company: 'Company',
    custodian: 'Custodian',
    authority: 'Authority',
    contact: 'Contact',
    vault: 'Vault',
    madeAt: 'Made at',
    madeBy: 'Made by',
    reason: 'Reason',
    scope: 'Scope',
  },
  epoch: (epoch) => ` (key epoch ${epoch})`,
  person: (name, role) => `${name} (${role})`,
  scopeName: { masked: 'masked', clear: 'clear', encrypted: 'a whole vault, encrypted' },
  scope: {
    masked:
      'This bag holds masked data only: the columns for names, ID numbers, telephones, e-mail and postal addresses and bank cards are covered, and nothing in this bag brings them back. Personal data in free text, such as the text of a complaint, is found and replaced by a program that can miss some: look at a sample before passing the bag on.',
    clear:
      'This bag holds clear data: the personal data in it is not covered. Give it only to people who are entitled to it, use it only for the agreed purpose, and destroy it when that ends.',
    encrypted:
      'This bag holds a whole vault. All of it is encrypted and opens with a passphrase or a recovery kit that was valid when it was made; passphrases changed later do not fit it. When it is no longer needed, destroy it together with every copy.',
  },
  contents: 'What it holds',
  counts: {
    customers: 'Customers',
    complaints: 'Complaints',
    attachments: 'Attachments',
    auditEntries: 'Log entries',
  },
  total: (files, fileCount, rows, rowCount) =>
    `${files} ${fileCount === 1 ? 'file' : 'files'}; the tables have ${rows} ${rowCount === 1 ? 'row' : 'rows'} in all, headers not counted.`,
  measure: (rows, rowCount, bytes, byteCount) => {
    const size = `${bytes} ${byteCount === 1 ? 'byte' : 'bytes'}`
    return rows === undefined ? size : `${rows} ${rowCount === 1 ? 'row' : 'rows'}, ${size}`
  },
  log: 'Audit log',
  checkpoint:
    'This is the checkpoint of the audit log at that moment; checkpoint.txt has it as it was signed. Keep it somewhere else too: entries removed or changed later no longer agree with it.',
  checkpointLabels: { size: 'Entries', root: 'Tree root' },
  entries: (size) => size,
  key: 'Signature',
  fingerprint: 'Key fingerprint',
  secondChannel:
    'Compare the key fingerprint with the person who made this through a second channel, by telephone for example. Only if it agrees does the check below show that the bag is theirs.',
  check: 'How to check it',
  checkSteps: [
    'Stock tools are enough. In the top folder of the bag (OpenSSL 3.0 or later), check the signature first:',
    'Then check all files:',
    'This must print the key fingerprint:',
  ],
}

const wordings: Record<CertificateLanguage, Wording> = { 'zh-CN': chinese, en: english }

/**
 * The certificate's content in one language, ready to be set as text or as pages.
 * @throws RangeError for a time that is no ISO instant or an unknown time zone: both come from the program, not from a person
 */
export function certificateBlocks(data: CertificateData, language: CertificateLanguage): CertificateBlock[] {
  const words = wordings[language]
  const number = (value: number): string => new Intl.NumberFormat(language).format(value)
  const { labels } = words
  const facts: [string, string][] = [[labels.company, data.company]]
  if (data.custodian) {
    facts.push([labels.custodian, words.person(data.custodian.name, data.custodian.capacity)])
    facts.push([labels.authority, data.custodian.authority], [labels.contact, data.custodian.contact])
  }
  facts.push(
    [labels.vault, `${data.vaultId}${words.epoch(number(data.epoch))}`],
    [labels.madeAt, certificateTime(data.createdAt, data.timeZone, language)],
    [labels.madeBy, words.person(data.madeBy.name, words.roles.get(data.madeBy.role) ?? data.madeBy.role)],
  )
  if (data.reason !== undefined) facts.push([labels.reason, data.reason])
  facts.push([labels.scope, words.scopeName[data.scope]])
  const rowCount = data.files.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
  const [signatureStep, filesStep, keyStep] = words.checkSteps
  return [
    { type: 'title', text: words.titles[data.kind] },
    { type: 'paragraph', text: words.intro[data.kind] },
    { type: 'heading', text: words.about },
    { type: 'facts', facts: facts.map(([label, value]) => [label, oneLine(value)] as const) },
    { type: 'paragraph', text: words.scope[data.scope] },
    { type: 'heading', text: words.contents },
    data.counts === undefined
      ? {
          type: 'paragraph',
          text: words.total(number(data.files.length), data.files.length, number(rowCount), rowCount),
        }
      : { type: 'facts', facts: countsIn(data.counts, words, number) },
    {
      type: 'files',
      files: data.files.map(({ path, rows, bytes, sha256 }) => ({
        path: oneLine(path),
        measure: words.measure(
          rows === undefined ? undefined : number(rows),
          rows ?? 0,
          number(bytes),
          bytes,
        ),
        sha256,
      })),
    },
    { type: 'heading', text: words.log },
    { type: 'paragraph', text: words.checkpoint },
    {
      type: 'facts',
      facts: [
        [words.checkpointLabels.size, words.entries(number(data.checkpoint.size), data.checkpoint.size)],
        [words.checkpointLabels.root, data.checkpoint.root],
      ],
    },
    { type: 'heading', text: words.key },
    { type: 'facts', facts: [[words.fingerprint, data.fingerprint]] },
    { type: 'paragraph', text: words.secondChannel },
    { type: 'heading', text: words.check },
    { type: 'paragraph', text: signatureStep },
    {
      type: 'commands',
      lines: [
        `openssl pkeyutl -verify -pubin -inkey ${publicKeyPath} -rawin \\`,
        `  -in ${signedFile} -sigfile ${signaturePath}`,
      ],
    },
    { type: 'paragraph', text: filesStep },
    { type: 'commands', lines: ['sha256sum -c tagmanifest-sha256.txt', 'sha256sum -c manifest-sha256.txt'] },
    { type: 'paragraph', text: keyStep },
    {
      type: 'commands',
      lines: [`openssl pkey -pubin -in ${publicKeyPath} -outform DER | sha256sum | cut -c1-32`],
    },
  ]
}

function countsIn(
  counts: NonNullable<CertificateData['counts']>,
  words: Wording,
  number: (value: number) => string,
): (readonly [string, string])[] {
  const { customers, complaints, attachments, auditEntries } = counts
  return [
    [words.counts.customers, number(customers)],
    [words.counts.complaints, number(complaints)],
    [words.counts.attachments, number(attachments)],
    [words.counts.auditEntries, number(auditEntries)],
  ]
}

/** A time as readers of the language write it, with its zone: `2026年11月23日 14:05（Asia/Shanghai）`. */
export function certificateTime(iso: string, timeZone: string, language: CertificateLanguage): string {
  const instant = new Date(iso)
  const locale = language === 'en' ? 'en-GB' : language
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(instant)
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23', timeZone }).format(
    instant,
  )
  return language === 'en' ? `${date}, ${time} (${timeZone})` : `${date} ${time}（${timeZone}）`
}

// What a person typed must not begin a line of its own on a page that vouches for something.
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}
