// The recognisers and redaction on the sample files beside the checkout: what was planted in the narratives is found.

import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { normaliseMobile, normaliseName } from '../../../electron/domain/normalise.ts'
import { type PiiType, scanText } from '../../../electron/domain/recognisers/index.ts'
import { containsPii, redact } from '../../../electron/domain/redact.ts'
import { sharedData } from '../../support/shared-data.ts'

const complaints = sharedData('complaints-zh.csv')
const customers = sharedData('customers-gb18030.csv')
const cfpb = sharedData('cfpb-complaints.csv')

function rowsOf(path: string, encoding: string): Record<string, string>[] {
  const text = new TextDecoder(encoding).decode(readFileSync(path))
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
}

/** What the file's generator wrote into its templates, read off without the recognisers. */
function planted(narrative: string): { type: PiiType; value: string }[] {
  const found: { type: PiiType; value: string }[] = []
  const take = (type: PiiType, pattern: RegExp): void => {
    const value = pattern.exec(narrative)?.[1]
    if (value !== undefined) found.push({ type, value })
  }
  take('name', /^(?:投诉人|我叫)([^，]+)，/u)
  take('name', /^客户([^（]+)（身份证/u)
  take('name', /^(.+?)先生反映/u)
  take('mobile', /(?:电话|手机号)([+\d０-９ -]{11,17})/u)
  take('resident-id', /(?:证件号：|身份证)([\dX]{18})/u)
  take('address', /地址是([^，]+)，/u)
  take('bank-card', /银行卡([\d ]+)被/u)
  take('email', /邮箱([\w.]+@[\w.]+\w)/u)
  return found
}

describe.skipIf(complaints === undefined)('complaints-zh.csv', () => {
  const narratives =
    complaints === undefined ? [] : rowsOf(complaints, 'utf-8').map((row) => row['投诉内容'] ?? '')

  it('has every planted value found, exactly, and nothing else', () => {
    const counts: Record<string, [planted: number, found: number]> = {}
    const missed: string[] = []
    let extra = 0
    for (const narrative of narratives) {
      const findings = scanText(narrative)
      const gold = planted(narrative)
      for (const { type, value } of gold) {
        const count = (counts[type] ??= [0, 0])
        count[0] += 1
        if (findings.some((finding) => finding.type === type && finding.value.trim() === value.trim()))
          count[1] += 1
        else missed.push(`${type} in ${narrative}`)
      }
      extra += findings.filter(
        (finding) =>
          !gold.some(({ type, value }) => type === finding.type && value.trim() === finding.value.trim()),
      ).length
    }
    console.log(
      'planted and found in complaints-zh.csv:',
      counts,
      'other findings:',
      extra,
      missed.slice(0, 20),
    )
    for (const [type, [all, found]] of Object.entries(counts)) {
      expect(all, type).toBeGreaterThan(100)
      expect(found / all, type).toBeGreaterThanOrEqual(0.99)
    }
    expect(extra).toBeLessThanOrEqual(5)
  })

  it.skipIf(customers === undefined)('keeps nothing of its customer once known values are out', () => {
    if (complaints === undefined || customers === undefined) return
    const byNumber = new Map(rowsOf(customers, 'gb18030').map((row) => [row['客户编号'] ?? '', row]))
    let linked = 0
    for (const row of rowsOf(complaints, 'utf-8')) {
      const customer = byNumber.get(row['客户编号'] ?? '')
      if (customer === undefined) continue
      linked += 1
      const name = normaliseName(customer['客户姓名'] ?? '')
      const mobile = normaliseMobile(customer['手机号码'] ?? '')
      const residentId = customer['身份证号'] ?? ''
      const { text } = redact(row['投诉内容'] ?? '', [
        { type: 'name', value: name },
        { type: 'mobile', value: customer['手机号码'] ?? '' },
        { type: 'resident-id', value: residentId },
        { type: 'address', value: customer['联系地址'] ?? '' },
        { type: 'bank-card', value: customer['银行卡号'] ?? '' },
        { type: 'email', value: customer['电子邮箱'] ?? '' },
      ])
      if (name !== '') expect(text).not.toContain(name)
      if (mobile !== undefined) expect(text.normalize('NFKC').replaceAll(/[\s-]/gu, '')).not.toContain(mobile)
      if (residentId !== '') expect(text).not.toContain(residentId)
      expect(containsPii(text)).toBe(false)
    }
    expect(linked).toBe(1200)
  })
})

describe.skipIf(cfpb === undefined)('cfpb-complaints.csv', () => {
  it('is blanked already: next to nothing is found, and no placeholder of the CFPB is', () => {
    if (cfpb === undefined) return
    const narratives = rowsOf(cfpb, 'utf-8').map((row) => row['Consumer complaint narrative'] ?? '')
    const findings = narratives.flatMap((narrative) => scanText(narrative))
    console.log(
      'findings in the CFPB narratives:',
      findings.map(({ type, value }) => `${type}: ${value}`),
    )
    // One narrative complains nine times of the servicer "Mr. Cooper", which is a firm called like a person.
    expect(findings.filter(({ value }) => value !== 'Cooper').length).toBeLessThanOrEqual(2)
    expect(findings.filter(({ value }) => value.includes('XX'))).toEqual([])
  })
})
