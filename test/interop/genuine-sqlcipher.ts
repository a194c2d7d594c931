// Genuine SQLCipher (not our SQLite package) behind promises. Version 4 defaults, a raw key, nothing else set.
import sqlcipher from '@journeyapps/sqlcipher'
import { z } from 'zod'

const rowSchema = z.record(z.string(), z.unknown())

export interface Genuine {
  exec(sql: string): Promise<void>
  all(sql: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Opens a connection and does nothing else with it. */
export async function open(path: string, mode: number): Promise<Genuine> {
  const connection = await new Promise<InstanceType<typeof sqlcipher.Database>>((done, fail) => {
    const opened = new sqlcipher.Database(path, mode, (error) => {
      if (error === null) done(opened)
      else fail(error)
    })
  })
  return {
    exec: async (sql) => {
      await new Promise<void>((done, fail) => {
        connection.exec(sql, settle(done, fail))
      })
    },
    all: async (sql) =>
      await new Promise((done, fail) => {
        connection.all(sql, (error, rows) => {
          if (error === null) done(z.array(rowSchema).parse(rows))
          else fail(error)
        })
      }),
    close: async () => {
      await new Promise<void>((done, fail) => {
        connection.close(settle(done, fail))
      })
    },
  }
}

/** Opens, or with `create` makes, a file with a raw key (64 hex digits). Rejects when the key doesn't read the file. */
export async function openGenuine(path: string, keyHex: string, create = false): Promise<Genuine> {
  const mode = create ? sqlcipher.OPEN_READWRITE | sqlcipher.OPEN_CREATE : sqlcipher.OPEN_READWRITE
  const genuine = await open(path, mode)
  await genuine.exec(`PRAGMA key = "x'${keyHex}'"`)
  try {
    await genuine.all('SELECT count(*) FROM sqlite_master')
  } catch (error) {
    await genuine.close()
    throw error
  }
  return genuine
}

function settle(done: () => void, fail: (error: Error) => void): (error: Error | null) => void {
  return (error) => {
    if (error === null) done()
    else fail(error)
  }
}

/** Every text that stands in any table of the file, joined. */
export async function allText(genuine: Genuine): Promise<string> {
  const tables = await genuine.all(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await genuine.all(`SELECT * FROM "${String(name)}"`)
    for (const row of rows) texts.push(JSON.stringify(row))
  }
  return texts.join('\n')
}
