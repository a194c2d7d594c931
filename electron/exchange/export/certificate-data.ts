// What a certificate says, before it is words: the same facts for both languages, for text and for PDF.

export interface CertificateFile {
  /** Relative to the bag. */
  path: string
  /** Data rows; undefined for a file that is no table. */
  rows?: number
  bytes: number
  /** Lower-case hex. */
  sha256: string
}

export interface CertificateData {
  kind: 'export' | 'backup' | 'sealed-copy'
  company: string
  custodian?: { name: string; capacity: string; authority: string; contact: string }
  vaultId: string
  epoch: number
  /** ISO 8601 instant. */
  createdAt: string
  /** IANA name, `Asia/Shanghai`. */
  timeZone: string
  madeBy: { name: string; role: string }
  /** `encrypted`: a whole vault, which opens with its own passphrases and kits only. */
  scope: 'masked' | 'clear' | 'encrypted'
  /** Why it was made, where a reason was asked for. */
  reason?: string
  files: CertificateFile[]
  /** What a vault in the bag holds. */
  counts?: { customers: number; complaints: number; attachments: number; auditEntries: number }
  /** The log's checkpoint: number of entries and base64 root. */
  checkpoint: { size: number; root: string }
  /** Of the key that signs the bag. */
  fingerprint: string
}

export type CertificateLanguage = 'zh-CN' | 'en'

export type CertificateBlock =
  | { type: 'title' | 'heading' | 'paragraph'; text: string }
  | { type: 'facts'; facts: readonly (readonly [label: string, value: string])[] }
  | { type: 'files'; files: readonly { path: string; measure: string; sha256: string }[] }
  | { type: 'commands'; lines: readonly string[] }
