// The leak hunt over one full run: records.db with its own key, every file that was left or written on the way, every
// answer and everything printed. A short run by default; `GUICANG_LEAKS=long` takes thousands of rows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli } from '../../support/cli.ts'
import { contextOf, lock, openAt, present, rawDb } from '../../support/vault.ts'
import { redact } from '../../../electron/domain/redact.ts'
import { changePassphrase } from '../../../electron/vault/usecases/keep-vault.ts'
import { caseworkTests } from './casework-tests.ts'
import { type ClearValue, writtenForms } from './forms.ts'
import { owner, passphrases, typed, typedValues } from './job.ts'
import { cellsOf, decryptPages, termsOf, textsOf } from './records.ts'
import { isExpected, isLong, isOpenedCopy, isOwn, type Run, runTraced } from './run.ts'
import { countByKind, scanFolder } from './scanner.ts'
import { countSecret } from './secrets.ts'

const [, , passphrase] = passphrases
let run: Run
/** What the recognisers left in the free texts of records: best effort, measured below, and to be met again elsewhere. */
let left: ReadonlySet<ClearValue>
let keys: { records: string; identities: string | undefined }

beforeAll(async () => {
  run = await runTraced()
  const session = await openAt(run.places.vault, { passphrase })
  keys = session.keys
  // The command line below opens this vault many times: a light slot spares minutes.
  await changePassphrase(contextOf(session), { passphrase, newPassphrase: passphrase, workFactor: 10 })
  lock(session)
  left = new Set(run.scanner.find(textsOf(inRecords(cellsOf), freeTexts)))
  const { values, patterns } = run.scanner
  const { ordinary } = run.sources
  console.log(
    `leak hunt (${isLong ? 'long' : 'short'}): ${values} clear values, ${patterns} byte patterns; ${ordinary} left out, since an ordinary column says the same`,
  )
}, 1_200_000)
afterAll(() => {
  run.remove()
})

/** Free texts: what stands there was redacted as well as the recognisers can. Every other cell is a column. */
const freeTexts = [
  'complaints.narrative',
  'complaints.outcome',
  'complaint_events.text',
  'audit_entries.detail',
]

caseworkTests(() => ({ run, keys, cells: () => inRecords(cellsOf) }))

/** Least share of what stands in free text without a known customer that the recognisers take out (test/unit/domain). */
const publishedRecall = { name: 0.95, number: 0.97, email: 0.99, address: 0.95, date: 0, text: 0 } as const

/** The clear values in these bytes, but for what stays in free text. */
function leaksIn(bytes: Uint8Array): ClearValue[] {
  return run.scanner.find(bytes).filter((clear) => !left.has(clear))
}

function inRecords<T>(read: (db: ReturnType<typeof rawDb>) => T): T {
  const db = rawDb(join(run.places.vault, 'records.db'), keys.records)
  try {
    return read(db)
  } finally {
    db.close()
  }
}

describe('records.db, to whoever has the records key', () => {
  test('no column holds a clear value, and no cell is one', () => {
    const cells = inRecords(cellsOf)
    const clear = new Set([...run.sources.values, ...typedValues].flatMap(writtenForms))
    const found = [...cells].flatMap(([place, list]) => {
      if (freeTexts.includes(place)) return []
      const hits = leaksIn(Buffer.concat(list.flatMap((cell) => [cell, Buffer.from('\n')])))
      const equal = list.filter((cell) => clear.has(cell.toString())).length
      return hits.length + equal > 0 ? [{ place, ...countByKind(hits), equal }] : []
    })
    console.log(`records: ${cells.size} columns, ${[...cells.values()].flat().length} cells`)
    expect(cells.size).toBeGreaterThan(80)
    expect(found).toEqual([])
  })

  test('of a customer who is known nothing stays in the complaints that are theirs', () => {
    const rows = inRecords((db) => db.prepare('SELECT complaint_no, narrative FROM complaints').raw().all())
    let looked = 0
    const missed: ClearValue[] = []
    for (const row of rows) {
      if (!Array.isArray(row)) continue
      const values = run.sources.linked.get(String(row[0])) ?? []
      looked += values.length
      missed.push(
        ...values.filter((clear) => writtenForms(clear).some((form) => String(row[1]).includes(form))),
      )
    }
    console.log(`narratives of known customers: ${looked} values planted, ${missed.length} left`)
    expect(looked).toBeGreaterThan(isLong ? 2000 : 30)
    expect(countByKind(missed)).toEqual({})
  })

  test('names without a cue or a known customer: best effort, and this is how good it is', () => {
    const names = run.sources.values.filter(
      ({ kind, value }) => kind === 'name' && /^\p{Script=Han}{2,4}$/u.test(value),
    )
    const gone = names.filter(
      ({ value }) => !redact(`昨天${value}又打来电话，语气很急。`, []).text.includes(value),
    )
    console.log(`names without a cue: ${gone.length} of ${names.length} are found`)
    expect(names.length).toBeGreaterThan(30)
    expect(redact('客户林知夏又打来电话', []).text).not.toContain('林知夏')
  })

  test('free text about nobody in particular keeps what the published recall allows', () => {
    const before = run.scanner.find(Buffer.from(run.sources.narratives))
    const planted = countByKind(before)
    const stays = countByKind([...left])
    const recall = Object.fromEntries(
      Object.entries(planted).map(([kind, count]) => [kind, 1 - (stays[kind] ?? 0) / count]),
    )
    console.log('free text, planted:', planted, 'left:', stays, 'recall:', recall)
    expect(planted['name']).toBeGreaterThan(30)
    for (const kind of ['name', 'number', 'email', 'address'] as const) {
      expect(planted[kind], kind).toBeGreaterThan(10)
      expect(recall[kind], kind).toBeGreaterThanOrEqual(publishedRecall[kind])
    }
  })

  test('the index has no names in it, and no term that is a clear value', () => {
    for (const table of ['customer_search', 'complaint_search']) {
      const terms = inRecords((db) => termsOf(db, table))
      expect(terms.get('name'), table).toBeUndefined()
      const all = [...terms.values()].flat()
      expect(all.length, table).toBeGreaterThan(50)
      expect(countByKind(leaksIn(Buffer.from(all.join('\n')))), table).toEqual({})
    }
  })

  test('no page does either, freed ones included', () => {
    const pages = decryptPages(join(run.places.vault, 'records.db'), keys.records)
    const found = leaksIn(pages)
    const control = run.scanner.find(
      decryptPages(join(run.places.vault, 'identities.db'), present(keys.identities)),
    )
    console.log(
      `pages in clear: records ${pages.length} bytes, ${found.length} values; identities, as a control, ${control.length} values`,
    )
    expect(countByKind(found)).toEqual({})
    // The same search finds them where they belong; what was undone is erased there too.
    expect(pages.includes('CREATE TABLE customers')).toBe(true)
    const undone = run.sources.values.filter(({ value }) => run.sources.undone.customers.includes(value))
    expect(control.length).toBeGreaterThan((run.scanner.values - undone.length) * 0.97)
  })

  test('an undone batch is erased from the pages of identities', () => {
    const pages = decryptPages(join(run.places.vault, 'identities.db'), present(keys.identities))
    const undone = run.sources.undone.customers.split('\r\n').flatMap((line) => line.split(',').slice(1, 5))
    expect(undone.length).toBeGreaterThan(100)
    expect(undone.filter((cell) => cell.length > 9 && pages.includes(cell))).toEqual([])
  })
})

describe('the files', () => {
  test('none but the person’s own holds a clear value', () => {
    const { vault } = run.places
    const scan = scanFolder(run.folder, leaksIn, (path) => path.startsWith('own/'))
    const program = scanFolder(run.appDataDir, leaksIn)
    const control = scanFolder(join(run.folder, 'own'), run.scanner.find)
    console.log(
      `files: ${scan.files} (${scan.bytes} bytes) and ${program.files} of the program; as a control ${control.hits.length} of the person’s own have hits`,
    )
    expect(readFileSync(join(vault, 'vault.json')).length).toBeGreaterThan(1000)
    expect([scan, program].map(({ hits }) => hits.map((hit) => [hit.file, countByKind(hit.found)]))).toEqual([
      [],
      [],
    ])
    expect(scan.files).toBeGreaterThan(25)
    expect(program.files).toBeGreaterThan(0)
    expect(new Set(control.hits.flatMap(({ found }) => found)).size).toBeGreaterThan(run.scanner.values * 0.8)
  })

  test('no passphrase and no key stands in any of them, nor in what was printed', () => {
    const secrets = [...passphrases, keys.records, present(keys.identities)]
    const written = [...(run.trace?.written ?? [])].filter(([place]) => !place.startsWith('socket:'))
    const places = [...written.map(([, bytes]) => bytes), Buffer.from(run.said)]
    places.push(...[...run.answers, ...run.clearAnswers].map(({ json }) => Buffer.from(json)))
    for (const bytes of places)
      expect(secrets.map((secret) => countSecret(bytes, secret))).toEqual(secrets.map(() => 0))
    // The passphrase does cross to the vault process: the search sees it there.
    if (run.trace === undefined) return
    const sockets = [...run.trace.written].filter(([place]) => place.startsWith('socket:'))
    expect(sockets.some(([, bytes]) => secrets.some((secret) => countSecret(bytes, secret) > 0))).toBe(true)
  })
})

describe('what was written on the way', () => {
  test('nothing outside of the vault, the outputs and the program’s folder is opened for writing', (context) => {
    if (run.trace === undefined) return context.skip('nothing was traced')
    const { touched, threads, cut } = run.trace
    const stray = [...touched].filter((path) => !isExpected(run, path))
    console.log(
      `traced: ${threads} threads, ${touched.size} paths opened for writing, ${stray.length} of them stray`,
    )
    expect(stray).toEqual([])
    expect(cut).toBe(0)
    expect([...touched].filter((path) => path.endsWith('.db-journal')).length).toBeGreaterThan(1)
  })

  test('no clear value is written to a disk, wherever and however short it lay there', (context) => {
    if (run.trace === undefined) return context.skip('nothing was traced')
    let bytes = 0
    const hits: [string, Record<string, number>][] = []
    const control: string[] = []
    for (const [place, content] of run.trace.written) {
      if (/^(?:pipe|socket|anon_inode):/u.test(place)) continue
      const found = leaksIn(content)
      if (isOwn(run, place) || isOpenedCopy(run, place)) {
        if (found.length > 0) control.push(place)
        continue
      }
      bytes += content.length
      if (found.length > 0) hits.push([place, countByKind(found)])
    }
    console.log(
      `traced: ${bytes} bytes written to ${run.trace.written.size} places; ${control.length} of the person’s own have hits`,
    )
    expect(hits).toEqual([])
    expect(bytes).toBeGreaterThan(1_000_000)
    expect(control.some((place) => place.includes('clear-customers'))).toBe(true)
  })
})

describe('what was said', { timeout: 600_000 }, () => {
  test('no answer of masked work has a clear value, errors included', () => {
    const hits = run.answers.flatMap(({ channel, json }) => {
      const found = leaksIn(Buffer.from(json))
      return found.length > 0 ? [[channel, countByKind(found)]] : []
    })
    const refused = run.answers.filter(({ json }) => json.startsWith('{"ok":false'))
    console.log(`answers: ${run.answers.length}, ${refused.length} of them refusals`)
    expect(run.answers.length).toBeGreaterThan(45)
    expect(refused.length).toBeGreaterThan(6)
    expect(hits).toEqual([])
  })

  test('what the processes print for developers has none either', () => {
    expect(run.said).toContain('vault.wrongPassphrase')
    expect(run.scanner.find(Buffer.from(run.said))).toEqual([])
  })

  test('the command line prints none for masked verbs, and for an error repeats nothing', async () => {
    const { vault } = run.places
    const query = `--query=${typed.mobile}`
    const verbs = [
      ['customers', 'list', vault, query],
      ['complaints', 'list', vault, '--limit', '500'],
      ['audit', 'list', vault, '--limit', '500'],
      ...(isLong
        ? [
            ['vault', 'open', vault],
            ['import', 'list', vault],
            ['vault', 'verify', vault],
          ]
        : []),
      ['customers', 'reveal', vault, '--id', typed.mobile, '--fields', 'mobile', '--reason', typed.name],
      [
        'import',
        'run',
        vault,
        '--kind',
        'customers',
        '--file',
        join(run.folder, 'own', `${typed.email}.csv`),
      ],
      ['customers', 'list', join(run.folder, typed.residentId)],
    ]
    let printed = 0
    for (const plain of [false, true]) {
      for (const verb of plain ? verbs.slice(0, isLong ? 3 : 1) : verbs) {
        const { stdout, stderr } = await cli(verb, { passphrase, plain, env: { GUICANG_DEBUG: '1' } })
        const text = Buffer.from(`${stdout}\n${stderr}`)
        printed += text.length
        expect([verb.slice(0, 2), countByKind(leaksIn(text))]).toEqual([verb.slice(0, 2), {}])
        expect(text.includes(passphrase)).toBe(false)
      }
    }
    console.log(`command line: ${printed} characters of ${verbs.length} verbs`)
    expect(printed).toBeGreaterThan(10_000)
    // The control: a reveal prints the value.
    const list = await cli(['customers', 'list', vault, query], { passphrase })
    const id = /"id":"([0-9a-f-]{36})"/u.exec(list.stdout)?.[1] ?? ''
    const clear = await cli(
      ['customers', 'reveal', vault, '--id', id, '--fields', 'mobile', '--reason', '核对'],
      { passphrase },
    )
    expect(run.scanner.find(Buffer.from(clear.stdout)).map(({ value }) => value)).toEqual([typed.mobile])
    expect(list.stdout).not.toContain(owner)
  })
})
