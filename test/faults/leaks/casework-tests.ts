// What the hunt looks for after the work with files, letters, callers and many cases: nothing of it stays in clear but where
// the person wanted it, and what a caller said stays nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { audit } from '../../../shared/locales/en/audit.ts'
import { auditEntrySchema } from '../../../shared/types/exchange.ts'
import { pdfText } from '../../support/pdf-text.ts'
import { present } from '../../support/vault.ts'
import { caseworkValues, fileValues, keptValues, saidValues } from './casework.ts'
import type { ClearValue } from './forms.ts'
import { decryptPages } from './records.ts'
import { isOpenedCopy, isOwn, type Run } from './run.ts'
import { countByKind, scannerOf } from './scanner.ts'

interface Found {
  run: Run
  keys: { records: string; identities: string | undefined }
  /** Of records, by `table.column`. */
  cells: () => Map<string, Buffer[]>
}

const planted = scannerOf(caseworkValues)
const valuesOf = (list: readonly ClearValue[]): string[] => list.map(({ value }) => value).toSorted()

const written = ['attachments', 'letters', 'complaint_events', 'bulk_acts', 'customer_merges'] as const
const masked = [
  'attachments.add',
  'attachments.list',
  'attachments.save',
  'attachments.open',
  'attachments.remove',
  'letters.preview',
  'letters.render',
  'letters.list',
  'letters.copy',
  'letters.open',
  'letters.batch',
  'complaints.bulk',
  'complaints.undoBulk',
  'customers.duplicates',
  'customers.merge',
  'customers.unmerge',
  'customers.verifyCaller',
]

/** @param look what the run has left; asked for within each test */
export function caseworkTests(look: () => Found): void {
  describe('files, letters, callers and many cases', () => {
    test('nothing of what was planted there stands in records, in free text neither', () => {
      const cells = look().cells()
      for (const table of written) {
        const rows = Math.max(
          0,
          ...[...cells].map(([at, list]) => (at.startsWith(`${table}.`) ? list.length : 0)),
        )
        expect(rows, table).toBeGreaterThan(0)
      }
      const hits = [...cells].flatMap(([place, list]) => {
        const found = planted.find(Buffer.concat(list.flatMap((cell) => [cell, Buffer.from('\n')])))
        return found.length > 0 ? [[place, countByKind(found)]] : []
      })
      expect(hits).toEqual([])
    })

    test('what a caller said, and what stands in a file alone, is in no page of the vault', () => {
      const { run, keys } = look()
      const records = decryptPages(join(run.places.vault, 'records.db'), keys.records)
      const identities = decryptPages(join(run.places.vault, 'identities.db'), present(keys.identities))
      expect(countByKind(planted.find(records))).toEqual({})
      // The control: what identities keep is found there by the same search.
      expect(valuesOf(planted.find(identities))).toEqual(valuesOf(keptValues))
    })

    test('the log has a name for each of its details', () => {
      const page = z.looseObject({
        ok: z.literal(true),
        value: z.looseObject({ items: z.array(auditEntrySchema) }),
      })
      const lists = look().run.answers.filter(({ channel }) => channel === 'audit.list')
      const told = lists.flatMap(({ json }) => page.safeParse(JSON.parse(json)).data?.value.items ?? [])
      const keys = new Set(told.flatMap(({ detail }) => Object.keys(detail)))
      expect(keys.size).toBeGreaterThan(30)
      expect([...keys].filter((key) => !Object.hasOwn(audit.details, key))).toEqual([])
    })

    test('masked answers and refusals have none of it, clear ones do', () => {
      const { run } = look()
      const channels = new Set(run.answers.map(({ channel }) => channel))
      expect(masked.filter((channel) => !channels.has(channel))).toEqual([])
      const hits = run.answers.flatMap(({ channel, json }) => {
        const found = planted.find(Buffer.from(json))
        return found.length > 0 ? [[channel, countByKind(found)]] : []
      })
      expect(hits).toEqual([])
      const clear = (wanted: string): string[] =>
        valuesOf(
          planted.find(
            Buffer.from(
              run.clearAnswers.map(({ channel, json }) => (channel === wanted ? json : '')).join('\n'),
            ),
          ),
        )
      expect(clear('attachments.preview')).toEqual(expect.arrayContaining(valuesOf(fileValues)))
      const [keptName = '', , keptMobile = ''] = keptValues.map(({ value }) => value)
      for (const channel of ['letters.previewClear', 'letters.reveal'])
        expect(clear(channel), channel).toEqual(expect.arrayContaining([keptName, keptMobile]))
      const everything = [...run.answers, ...run.clearAnswers].map(({ json }) => json).join('\n')
      const said = scannerOf(saidValues)
      expect(said.find(Buffer.from(everything))).toEqual([])
      expect(said.find(Buffer.from(run.said))).toEqual([])
    })

    test('clear letters and files lie in the person’s own folder, and are what was wanted there', () => {
      const { run } = look()
      const own = join(run.folder, 'own')
      const letters = readdirSync(own, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.pdf') && !name.endsWith('certificate.pdf'))
      expect(letters.filter((name) => name.startsWith('letters/'))).toHaveLength(2)
      expect(letters).toHaveLength(5)
      for (const name of letters) {
        const text = pdfText(readFileSync(join(own, name))).replaceAll('\n', '')
        expect(planted.find(Buffer.from(text)).length, name).toBeGreaterThan(1)
      }
      const saved = planted.find(readFileSync(join(own, 'saved.txt')))
      expect(valuesOf(saved)).toEqual(expect.arrayContaining(valuesOf(fileValues)))
      const drafts = readdirSync(own, { recursive: true }).filter((name) => String(name).includes('.partial'))
      expect(drafts).toEqual([])
    })

    test('on its way no letter and no clear byte of a file was written elsewhere', (context) => {
      const { run } = look()
      if (run.trace === undefined) return context.skip('nothing was traced')
      const said = scannerOf(saidValues)
      const sockets: Buffer[] = []
      const stray: string[] = []
      const [inOwn, inCopies] = [new Set<ClearValue>(), new Set<ClearValue>()]
      let letters = 0
      for (const [place, content] of run.trace.written) {
        if (place.startsWith('socket:')) sockets.push(content)
        if (/^(?:pipe|socket|anon_inode):/u.test(place)) continue
        const found = planted.find(content)
        expect(said.find(content), place).toEqual([])
        // What a certificate says is seen in its text, beside it.
        const isLetter = content.includes('%PDF-') && !place.endsWith('/certificate.pdf')
        if (isOwn(run, place)) {
          if (isLetter) letters += 1
          for (const clear of found) inOwn.add(clear)
        } else if (isOpenedCopy(run, place)) for (const clear of found) inCopies.add(clear)
        else if (isLetter || found.length > 0) stray.push(place)
      }
      console.log(`casework: ${letters} letters written, ${inOwn.size} values in files of one’s own`)
      expect(stray).toEqual([])
      // The control: the trace saw them where they belong, and what the caller said on its way to the vault process.
      expect(letters).toBe(5)
      expect([...inOwn].length).toBeGreaterThan(fileValues.length)
      expect([...inCopies].length).toBeGreaterThan(fileValues.length)
      expect(valuesOf(said.find(Buffer.concat(sockets)))).toEqual(valuesOf(saidValues))
    })

    test('the copies for another program were private, overwritten and removed', (context) => {
      const { run } = look()
      const folder = join(run.appDataDir, 'opened')
      expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
      if (run.trace === undefined) return context.skip('nothing was traced')
      const copies = [...run.trace.written].filter(([place]) => isOpenedCopy(run, place))
      expect(copies.map(([place]) => basename(place)).toSorted()).toEqual(['attachment.txt', 'letter.pdf'])
      for (const [place, content] of copies) {
        // As many zeros as there were bytes, in the order in which the threads are read; a text has none of its own.
        const zeros = content.filter((byte) => byte === 0).length
        if (place.endsWith('.txt')) expect(zeros).toBe(content.length / 2)
        expect(zeros).toBeGreaterThanOrEqual(content.length / 2)
      }
    })
  })
}
