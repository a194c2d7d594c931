// Precision and recall per type, published: the table is printed at every run. A finding counts only with the exact type and span.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type PiiType, piiTypes, scanText } from '../../../electron/domain/recognisers/index.ts'
import { generatedCorpus, marked, type Sample } from '../../corpus/generate.ts'

interface Score {
  found: number
  missed: number
  wrong: number
}

function lines(file: string): string[] {
  return readFileSync(new URL(`../../corpus/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replaceAll('\\n', '\n').replaceAll('\\u200b', '\u200b'))
}

function score(samples: readonly Sample[], misses: string[]): Record<PiiType, Score> {
  const scores = emptyScores()
  for (const { text, gold } of samples) {
    const found = scanText(text)
    for (const mark of gold) {
      const hit = found.some(
        (finding) => finding.type === mark.type && finding.start === mark.start && finding.end === mark.end,
      )
      if (hit) scores[mark.type].found += 1
      else {
        scores[mark.type].missed += 1
        misses.push(`missed ${mark.type} in: ${text}`)
      }
    }
    for (const finding of found) {
      if (
        gold.some(
          (mark) => finding.type === mark.type && finding.start === mark.start && finding.end === mark.end,
        )
      )
        continue
      scores[finding.type].wrong += 1
      misses.push(`wrong ${finding.type} ${finding.value} in: ${text}`)
    }
  }
  return scores
}

function emptyScores(): Record<PiiType, Score> {
  const none = (): Score => ({ found: 0, missed: 0, wrong: 0 })
  return {
    name: none(),
    mobile: none(),
    landline: none(),
    'resident-id': none(),
    uscc: none(),
    'bank-card': none(),
    passport: none(),
    email: none(),
    address: none(),
    'intl-phone': none(),
  }
}

const recall = ({ found, missed }: Score): number => found / (found + missed)
const precision = ({ found, wrong }: Score): number => found / (found + wrong)

const handWritten = lines('hand-written.txt').map(marked)
const hardNegatives = lines('hard-negatives.txt').map((text) => ({ text, gold: [] }))
const samples = [...generatedCorpus(), ...handWritten, ...hardNegatives]

/** Recall and precision that a type may not fall below. */
const floors: Record<PiiType, readonly [recall: number, precision: number]> = {
  'resident-id': [0.99, 0.99],
  uscc: [0.99, 0.99],
  'bank-card': [0.99, 0.98],
  mobile: [0.99, 0.98],
  email: [0.99, 0.99],
  landline: [0.97, 0.95],
  'intl-phone': [0.97, 0.97],
  passport: [0.97, 0.97],
  name: [0.95, 0.95],
  address: [0.95, 0.95],
}

describe('the recognisers on the corpus', () => {
  const misses: string[] = []
  const scores = score(samples, misses)

  it('prints its table', () => {
    const rows = piiTypes.map((type) => {
      const part = scores[type]
      return `${type.padEnd(12)} ${String(part.found + part.missed).padStart(5)} ${recall(part).toFixed(3)}  ${precision(part).toFixed(3)}`
    })
    console.log(
      [`${samples.length} samples`, 'type          gold recall precision', ...rows, ...misses].join('\n'),
    )
    expect(samples.length).toBeGreaterThan(500)
  })

  it.each(piiTypes)('finds %s as well as promised', (type) => {
    const [leastRecall, leastPrecision] = floors[type]
    expect(scores[type].found + scores[type].missed).toBeGreaterThanOrEqual(20)
    expect(recall(scores[type])).toBeGreaterThanOrEqual(leastRecall)
    expect(precision(scores[type])).toBeGreaterThanOrEqual(leastPrecision)
  })

  it('does well on the hand-written lines alone, which no generator made', () => {
    const all = Object.values(score(handWritten, []))
    const sum = all.reduce((total, part) => ({
      found: total.found + part.found,
      missed: total.missed + part.missed,
      wrong: total.wrong + part.wrong,
    }))
    expect(recall(sum)).toBeGreaterThanOrEqual(0.95)
    expect(precision(sum)).toBeGreaterThanOrEqual(0.95)
  })

  it('stays silent on the hard negatives', () => {
    const wrong = hardNegatives.flatMap(({ text }) =>
      scanText(text).map(({ type, value }) => `${type} ${value} in: ${text}`),
    )
    expect(wrong).toEqual([])
  })
})
