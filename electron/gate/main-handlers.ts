// The channels that main answers itself, each behind its schema.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { contract, type MainChannel } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/types/common.ts'
import { sessionActs } from '../vault/process/port.ts'
import { backupSettings, restoreBackup, setBackupSettings, verifyBackup } from './backups.ts'
import { unwrapAs } from './boundary.ts'
import { browseFolder } from './files.ts'
import { type Ask, handle, type MainContext, type Runner } from './handle.ts'
import { openingHandlers } from './open-outside.ts'
import { wayInHandlers } from './way-in-handlers.ts'

const done = { ok: true } as const

function localeOf(system: string): Locale {
  return system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export function mainHandlers(context: MainContext): Readonly<Record<MainChannel, Runner>> {
  const { options, sessions, memory, keychain } = context
  const ask: Ask = async (declaration, act, input, jobId) =>
    unwrapAs(declaration.output, await sessions.client().call(act, input, jobId))

  return {
    ...wayInHandlers(context, ask),
    ...openingHandlers(context, ask),
    'app.getInfo': handle(contract['app.getInfo'], async () => ({
      version: options.version,
      host: options.host,
      locale: memory.locale() ?? localeOf(options.systemLocale),
      nativeDialogs: options.chooser !== undefined,
      keychain: await keychain.available(),
      platform: process.platform,
      homeFolder: homedir(),
      idleLockMs: context.idleLockMs,
      openPath: options.openPath ?? null,
      lastLock: sessions.lastLock(),
      theme: memory.theme(),
    })),
    'app.setLocale': handle(contract['app.setLocale'], ({ locale }) => {
      memory.setLocale(locale)
      return done
    }),
    'app.setTheme': handle(contract['app.setTheme'], ({ theme }) => {
      memory.setTheme(theme)
      return done
    }),
    'app.listRecents': handle(contract['app.listRecents'], () => ({
      items: memory.recents().map((recent) => ({ ...recent, exists: existsSync(recent.path) })),
    })),
    'files.choose': handle(contract['files.choose'], async ({ purpose, suggestedName }) => {
      if (options.chooser === undefined) throw new GuicangError('ipc.refused')
      return { path: await options.chooser.choose(purpose, suggestedName) }
    }),
    'files.browse': handle(contract['files.browse'], ({ folder }) => {
      // Where the system shows its own dialogs, the window has no business listing folders.
      if (options.chooser !== undefined) throw new GuicangError('ipc.refused')
      return browseFolder(folder)
    }),
    'jobs.cancel': handle(contract['jobs.cancel'], ({ jobId }) => {
      sessions.client().cancel(jobId)
      return { cancelled: true }
    }),
    'vault.getInfo': handle(contract['vault.getInfo'], ({ path }) => sessions.info(path)),
    'vault.checkStrength': handle(contract['vault.checkStrength'], (input) =>
      ask(sessionActs['session.strength'], 'session.strength', input),
    ),
    'vault.create': handle(contract['vault.create'], (input) => sessions.create(input)),
    'vault.createSample': handle(contract['vault.createSample'], (_input, jobId) =>
      sessions.createSample(jobId),
    ),
    'vault.unlock': handle(contract['vault.unlock'], (input) => sessions.unlock(input)),
    'vault.openIdentities': handle(contract['vault.openIdentities'], ({ passphrase }) =>
      sessions.openIdentities(passphrase),
    ),
    'vault.lock': handle(contract['vault.lock'], async ({ reason }) => {
      await sessions.lock(reason)
      return done
    }),
    'vault.getSession': handle(contract['vault.getSession'], () => {
      const open = sessions.current()
      return open === undefined ? null : { path: open.path, sample: open.sample, session: open.session }
    }),
    'vault.checkRecoveryCode': handle(contract['vault.checkRecoveryCode'], (input) =>
      ask(sessionActs['session.checkCode'], 'session.checkCode', input),
    ),
    'vault.recover': handle(contract['vault.recover'], (input) => sessions.recover(input)),
    'vault.changePassphrase': handle(contract['vault.changePassphrase'], ({ passphrase, newPassphrase }) =>
      sessions.changePassphrase(passphrase, newPassphrase),
    ),
    'backups.verify': handle(contract['backups.verify'], (input, jobId) =>
      verifyBackup(context, input, jobId),
    ),
    'backups.restore': handle(contract['backups.restore'], (input, jobId) =>
      restoreBackup(context, input, jobId),
    ),
    'backups.getSettings': handle(contract['backups.getSettings'], () => backupSettings(context)),
    'backups.setSettings': handle(contract['backups.setSettings'], (input) =>
      setBackupSettings(context, input),
    ),
    'bags.verify': handle(contract['bags.verify'], ({ path }, jobId) =>
      ask(sessionActs['bag.verify'], 'bag.verify', { path: resolve(path) }, jobId),
    ),
  }
}
