import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { openCertificateFonts } from '../../../../electron/exchange/export/certificate-fonts.ts'
import {
  certificatePdf,
  certificateText,
  type CertificateData,
} from '../../../../electron/exchange/export/certificate.ts'
import { unwrapWoff } from '../../../../electron/exchange/export/woff.ts'

const data: CertificateData = {
  kind: 'export',
  company: '示例商贸有限公司',
  custodian: {
    name: '李清',
    capacity: '清算组组长',
    authority: '（2026）沪 01 强清 12 号',
    contact: '021-5555 0100',
  },
  vaultId: '018f2f3e-9b1c-7c3a-8d55-2f6f5a1b9c00',
  epoch: 1,
  createdAt: '2026-11-23T06:05:00.000Z',
  timeZone: 'Asia/Shanghai',
  madeBy: { name: '王𠮷', role: 'owner' },
  scope: 'masked',
  reason: '监管部门调阅\n伪造：一行',
  files: [
    { path: 'data/customers.csv', rows: 1479, bytes: 234567, sha256: 'ab'.repeat(32) },
    { path: 'data/附件/说明.txt', bytes: 1, sha256: 'cd'.repeat(32) },
  ],
  checkpoint: { size: 2712, root: 'Yl3rJ0mYy0m7Q9e0v0mC7mJ4Z1b2c3d4e5f6g7h8i9A=' },
  fingerprint: '0902 0850 0c49 75e5 c79a bae7 cbe7 0e63',
}

describe('certificateText', () => {
  it('says in Chinese what it is, who made it, what it holds and how to check it', () => {
    const text = certificateText(data, 'zh-CN')
    for (const part of [
      '导出证书\n',
      '公司：示例商贸有限公司',
      '保管人：李清（清算组组长）',
      '制作时间：2026年11月23日 14:05（Asia/Shanghai）',
      '制作人：王𠮷（管理员）',
      '内容范围：脱敏',
      '共 2 个文件，表格合计 1,479 行（不含表头）。',
      `data/customers.csv\n  1,479 行，234,567 字节\n  SHA-256 ${'ab'.repeat(32)}`,
      '条目：2,712 条',
      `公钥指纹：${data.fingerprint}`,
      '另一条渠道（例如电话）',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('says the same in English', () => {
    const text = certificateText(data, 'en')
    for (const part of [
      'Export certificate\n',
      'Custodian: 李清 (清算组组长)',
      'Made at: 23 November 2026, 14:05 (Asia/Shanghai)',
      'Made by: 王𠮷 (owner)',
      'Scope: masked',
      '2 files; the tables have 1,479 rows in all, headers not counted.',
      'data/附件/说明.txt\n  1 byte\n',
      `Key fingerprint: ${data.fingerprint}`,
      'second channel, by telephone',
    ]) {
      expect(text).toContain(part)
    }
  })

  it.each(['zh-CN', 'en'] as const)(
    'in %s tells masked from clear, keeps calm, and lets nobody forge a line',
    (lang) => {
      const masked = certificateText(data, lang)
      const clear = certificateText({ ...data, scope: 'clear' }, lang)
      expect(masked).not.toBe(clear)
      expect(clear).toContain(lang === 'en' ? 'destroy it' : '到期销毁')
      for (const kind of ['export', 'backup', 'sealed-copy'] as const) {
        expect(certificateText({ ...data, kind }, lang)).not.toMatch(/[!！]|undefined|NaN/)
      }
      expect(masked).toContain('监管部门调阅 伪造：一行')
      expect(masked).not.toMatch(/^伪造/m)
    },
  )

  it('gives commands that are those of the bag’s own signature page', () => {
    const commands = certificateText(data, 'en').replaceAll(/ \\\n\s+/g, ' ')
    expect(commands).toContain(
      'openssl pkeyutl -verify -pubin -inkey signature/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature/tagmanifest-sha256.txt.sig',
    )
  })

  it('leaves out what there is not, and knows midnight and other zones', () => {
    const { custodian: _custodian, reason: _reason, ...bare } = data
    const midnight = { ...bare, createdAt: '2026-01-01T00:00:00Z', timeZone: 'UTC', files: [] }
    expect(certificateText(midnight, 'zh-CN')).toContain('2026年1月1日 00:00（UTC）')
    expect(certificateText(midnight, 'en')).toContain('1 January 2026, 00:00 (UTC)')
    expect(certificateText(midnight, 'en')).not.toMatch(/Custodian|Reason/)
    expect(() => certificateText({ ...data, createdAt: 'yesterday' }, 'en')).toThrow(RangeError)
  })
})

describe('certificatePdf', () => {
  it('is a small A4 PDF with embedded fonts, the same for the same data', async () => {
    const started = performance.now()
    const pdf = Buffer.from(await certificatePdf(data))
    // Measured 0.4 s and 60 kB; a font embedded whole, or inflated again for each glyph, is far beyond these.
    expect(performance.now() - started).toBeLessThan(8_000)
    expect(pdf.length).toBeLessThan(250_000)
    const raw = pdf.toString('latin1')
    expect(raw.startsWith('%PDF-1.')).toBe(true)
    expect(raw).toContain('/MediaBox [0 0 595.28 841.89]')
    expect(raw).toContain('/FontFile2')
    expect(pdf.equals(Buffer.from(await certificatePdf(data)))).toBe(true)
  })

  it('can be read as text in both languages', async (context) => {
    if (spawnSync('pdftotext', ['-v']).error) {
      console.warn('skipped: pdftotext is not on this machine')
      context.skip()
      return
    }
    const input = await certificatePdf(data)
    const { stdout } = spawnSync('pdftotext', ['-layout', '-', '-'], { input, encoding: 'utf8' })
    for (const part of [
      '导出证书',
      '2026年11月23日 14:05',
      '王□（管理员）',
      'Export certificate',
      data.fingerprint,
    ]) {
      expect(stdout).toContain(part)
    }
  })

  it('holds a long list of files and long values', async () => {
    const files = Array.from({ length: 200 }, (_, index) => ({
      path: `data/${'很长的名字'.repeat(20)}-${index}.csv`,
      rows: index,
      bytes: index,
      sha256: 'ef'.repeat(32),
    }))
    const pdf = await certificatePdf({ ...data, files, reason: '理由'.repeat(500), company: 'x'.repeat(400) })
    expect(pdf.length).toBeGreaterThan(10_000)
  })
})

describe('the certificate’s fonts', () => {
  it('has a font for traditional characters, and □ for what no font has', async () => {
    const fonts = await openCertificateFonts(new PDFDocument())
    expect(fonts.runsOf('归藏 Guicang 2026（é）', false)).toEqual([
      { font: fonts.regular, text: '归藏 Guicang 2026（é）' },
    ])
    const runs = fonts.runsOf('龐𠮷🙂李', true)
    expect(runs.map(({ text }) => text).join('')).toBe('龐□□李')
    expect(new Set(runs.map(({ font }) => font)).size).toBe(3)
    expect(runs.at(-1)?.font).toBe('main-700')
  })

  it('unwraps WOFF table by table, and nothing else', async () => {
    const path = createRequire(import.meta.url).resolve(
      '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff',
    )
    const woff = await readFile(path)
    const sfnt = unwrapWoff(woff)
    // WOFF 1.0: totalSfntSize is what the unwrapped file must measure.
    expect(sfnt.length).toBe(woff.readUInt32BE(16))
    expect(sfnt.readUInt32BE(0)).toBe(0x00010000)
    expect(() => unwrapWoff(Buffer.from('wOF2 something else that is long enough for a header....'))).toThrow(
      'internal',
    )
  })
})
