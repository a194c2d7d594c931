// What the tour says. Headings stand in both languages, Chinese first; the rest in the terminal's.
import { isChinese } from './words.ts'

export type StepName =
  | 'create'
  | 'customers'
  | 'import'
  | 'complaints'
  | 'reveal'
  | 'case'
  | 'search'
  | 'export'
  | 'audit'
  | 'wrong-passphrase'
  | 'recover'
  | 'lock'
  | 'verify'

export const headings: Readonly<Record<StepName, readonly [chinese: string, english: string]>> = {
  create: ['建立保险库', 'Create a vault'],
  customers: ['客户，脱敏', 'Customers, masked'],
  import: ['带进来的文件', 'What the files brought'],
  complaints: ['投诉，隐去个人信息', 'Complaints, redacted'],
  reveal: ['有事由才看明文', 'One number, with a reason'],
  case: ['一件投诉，从来电到结案', 'A complaint, from the call to its close'],
  search: ['查找', 'Search'],
  export: ['导出，签名装袋', 'Export, in a signed bag'],
  audit: ['日志，可以证明', 'The log, and its proof'],
  'wrong-passphrase': ['口令不对', 'A wrong passphrase'],
  recover: ['忘了口令，用恢复凭证', 'Passphrase lost: a recovery kit'],
  lock: ['锁定', 'Lock'],
  verify: ['校验整个保险库', 'Verify the whole vault'],
}

export interface DemoWords {
  locale: 'zh-CN' | 'en'
  intro: string
  working: string
  created: (seconds: string) => string
  masked: (shown: number, total: number) => string
  number: string
  check: string
  numbers: (counts: {
    rows: number
    accepted: number
    warned: number
    rejected: number
    duplicates: number
  }) => string
  row: (row: number) => string
  redacted: (shown: number, total: number) => string
  reason: string
  revealed: (reason: string) => string
  reasonNeeded: string
  /** The customer whose number is shown, and who rings. */
  caller: {
    customerNo: string
    narrative: (mobile: string) => string
    channel: string
    category: string
    handler: string
  }
  taken: (complaintNo: string) => string
  notes: { acknowledged: string; investigating: string; resolved: (mobile: string) => string; closed: string }
  queries: { customers: readonly string[]; complaints: readonly string[] }
  hits: (query: string, found: number, what: string) => string
  exported: (rows: number) => string
  bagValid: (unanchored: boolean) => string
  logHolds: (entries: number) => string
  locked: string
  mistyped: (group: string) => string
  recovered: string
  nothingClear: (files: number, values: number) => string
  verified: (numbers: { records: number; identities: number; auditEntries: number }) => string
  failed: string
  end: {
    vault: string
    passphrase: string
    open: string
    remove: string
    seconds: (seconds: string) => string
  }
}

const chinese: DemoWords = {
  locale: 'zh-CN',
  intro: '客户和投诉都是编造的；保险库、加密、日志和签名都是真的。',
  working: '正在建立加密的保险库并导入示例客户……',
  created: (seconds) => `两个分区已加密，两份恢复凭证已生成，客户已导入（${seconds} 秒）。`,
  masked: (shown, total) =>
    `共 ${total} 位，列出 ${shown} 位。列表里没有明文：明文在另一个加密的身份区，另有一把钥匙。`,
  number: '编号',
  check: '需要留意',
  numbers: ({ rows, accepted, warned, rejected, duplicates }) =>
    `${rows} 行：${accepted} 接受（其中 ${warned} 警告），${rejected} 拒绝；${duplicates} 重复，保留并列出`,
  row: (row) => `第 ${row} 行`,
  redacted: (shown, total) =>
    `共 ${total} 件，列出 ${shown} 件。原文在身份区；自动脱敏尽力而为，每件都请人看一遍。`,
  reason: '核实来电人身份',
  revealed: (reason) => `事由“${reason}”先记入日志，然后才给出这一个号码；窗口里 30 秒后隐去。`,
  reasonNeeded: '不写事由，则拒绝。',
  caller: {
    customerNo: 'GC1001',
    narrative: (mobile) =>
      `林知夏女士来电，手机${mobile}：门店已关，预付卡里还有320元，请退到卡号6200000000010376。`,
    channel: '电话',
    category: '预付卡余额',
    handler: '经办甲',
  },
  taken: (complaintNo) => `边通话边登记，编号 ${complaintNo}。写进去的是原话，看到的是：`,
  notes: {
    acknowledged: '已告知客户收到，五个工作日内答复。',
    investigating: '核对会员台账：余额 320 元属实。',
    resolved: (mobile) => `已退款 320 元，短信通知 ${mobile}。`,
    closed: '客户确认到账。',
  },
  queries: { customers: ['林知夏', '1137'], complaints: ['退款', 'passport'] },
  hits: (query, found, what) => `${what}“${query}” → ${found}`,
  exported: (rows) => `${rows} 位客户的脱敏表，连同证明书、校验点和清单：`,
  bagValid: (unanchored) =>
    `数据袋完整，签名有效${unanchored ? '；公钥的指纹请另行核对' : ''}。任何 BagIt 工具和 openssl 都能查。`,
  logHolds: (entries) => `${entries} 条日志、每一条记录的摘要都相符。最近几条：`,
  locked: '已锁定：持有密钥的进程已结束，再要客户列表，被拒绝。',
  mistyped: (group) => `抄错一个字符的凭证：当场指出第 ${group} 组有误。`,
  recovered: '正确的凭证：已设新口令，保险库已打开，数据一条不少。',
  nothingClear: (files, values) =>
    `保险库的 ${files} 个文件逐字节找过：${values} 个明文的姓名和号码，一个也没有。`,
  verified: ({ records, identities, auditEntries }) =>
    `业务区 ${records} 条、身份区 ${identities} 条、日志 ${auditEntries} 条，全部相符`,
  failed: '这一步没有成功。',
  end: {
    vault: '保险库',
    passphrase: '口令',
    open: '打开看看',
    remove: '看完可以把整个文件夹删掉：里面没有真人的资料。',
    seconds: (seconds) => `用时 ${seconds} 秒`,
  },
}

const english: DemoWords = {
  locale: 'en',
  intro: 'The customers and complaints are made up; vault, encryption, log and signatures are real.',
  working: 'Making an encrypted vault and bringing in the sample customers …',
  created: (seconds) => `Two encrypted compartments, two recovery kits, customers imported (${seconds} s).`,
  masked: (shown, total) =>
    `${shown} of ${total}. Nothing here is clear: clear values lie in a second file under a key of its own.`,
  number: 'No.',
  check: 'check',
  numbers: ({ rows, accepted, warned, rejected, duplicates }) =>
    `${rows} rows: ${accepted} accepted (${warned} with warnings), ${rejected} rejected; ${duplicates} duplicate${duplicates === 1 ? '' : 's'} kept and listed`,
  row: (row) => `row ${row}`,
  redacted: (shown, total) =>
    `${shown} of ${total}. Originals lie in identities; redaction is best effort, so a person looks at each.`,
  reason: 'Checking who is calling',
  revealed: (reason) =>
    `The reason "${reason}" went into the log first, then out came this one number; a window hides it after 30 s.`,
  reasonNeeded: 'Without a reason it is refused.',
  caller: {
    customerNo: 'GC1004',
    narrative: (mobile) =>
      `Mary Ann Lee rang from ${mobile}: the shop is closed and $320 are left on her gift card. Refund to card 4000000000022212, please.`,
    channel: 'Phone',
    category: 'Gift card',
    handler: 'Desk A',
  },
  taken: (complaintNo) =>
    `Taken while on the phone, number ${complaintNo}. Her own words went in; what is seen is:`,
  notes: {
    acknowledged: 'Told her that we have it; an answer within five working days.',
    investigating: 'Checked the ledger: a balance of $320 is right.',
    resolved: (mobile) => `$320 refunded; text message sent to ${mobile}.`,
    closed: 'She confirms that the money arrived.',
  },
  queries: { customers: ['Mary Ann', '0160'], complaints: ['refund', '退款'] },
  hits: (query, found, what) => `${what} "${query}" → ${found}`,
  exported: (rows) => `The masked table of ${rows} customers, with certificate, checkpoint and manifests:`,
  bagValid: (unanchored) =>
    `The bag is complete and its signature holds${unanchored ? '; compare the key by another way' : ''}. Any BagIt tool and openssl can check it.`,
  logHolds: (entries) => `${entries} entries, and the digest of every record, agree. The latest:`,
  locked: 'Locked: the process that held the keys is gone; asking for customers is refused.',
  mistyped: (group) => `A kit with one wrong character: group ${group} is named at once.`,
  recovered: 'The right kit: a new passphrase is set, the vault is open, nothing is missing.',
  nothingClear: (files, values) =>
    `Every byte of the vault's ${files} files searched for ${values} clear names and numbers: none is there.`,
  verified: ({ records, identities, auditEntries }) =>
    `${records} rows of records, ${identities} of identities, ${auditEntries} log entries: all agree`,
  failed: 'This step did not succeed.',
  end: {
    vault: 'Vault',
    passphrase: 'Passphrase',
    open: 'Look inside',
    remove: 'Delete the folder when you are done: nobody real is in it.',
    seconds: (seconds) => `${seconds} s in all`,
  },
}

export function demoWords(): DemoWords {
  return isChinese() ? chinese : english
}
