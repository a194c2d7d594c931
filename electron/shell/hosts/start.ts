// `npm start`: one command that always shows the product at work. Electron if it can be had, else an installed browser,
// else, without either or without a display, the tour in the terminal; and it says which, and why.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hardenProcess } from '../../vault/process/harden.ts'
import { buildIfNeeded } from './build.ts'
import { findBrowser } from './chromium/browsers.ts'
import { type Display, findDisplay } from './display.ts'
import { findOrDownloadElectron, type Reason } from './electron-binary.ts'
import { runElectron } from './electron/run.ts'
import { fromRoot } from './paths.ts'
import { note, say } from './say.ts'

interface Wish {
  open: string | undefined
  host: 'electron' | 'chromium' | undefined
  demo: boolean
}

const usage = 'npm start -- [--open DIR] [--host electron|chromium] [--demo]'

hardenProcess()
process.exitCode = await main()

async function main(): Promise<number> {
  const wish = readWish()
  if (wish === undefined) {
    say(`用法：${usage}`, `Usage: ${usage}`)
    return 2
  }
  if (wish.demo) return await runDemo()
  const display = findDisplay()
  if (display === 'none') {
    say(
      '没有可用的显示：请在桌面环境中运行，或设置 DISPLAY（例如 xvfb-run npm start）。现在在终端里演示。',
      'There is no display: run this on a desktop, or set DISPLAY (for example xvfb-run npm start). The tour follows in the terminal.',
    )
    return await runDemo()
  }
  if (!buildIfNeeded()) return 1
  if (wish.host !== 'chromium' && (await tryElectron(wish, display))) return 0
  if (wish.host !== 'electron' && (await tryChromium(wish, display))) return 0
  if (wish.host !== undefined) return 1
  return await runDemo()
}

function readWish(): Wish | undefined {
  try {
    const { values } = parseArgs({
      options: {
        open: { type: 'string' },
        host: { type: 'string' },
        demo: { type: 'boolean', default: false },
      },
    })
    const { open, host, demo } = values
    if (host !== undefined && host !== 'electron' && host !== 'chromium') return undefined
    return {
      open: open === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', open),
      host,
      demo,
    }
  } catch {
    // An option that isn't ours: the usage says which are.
    return undefined
  }
}

/** Answers whether the window was shown and closed. */
async function tryElectron(wish: Wish, display: Display): Promise<boolean> {
  if (display === 'headless') {
    note('Electron is passed over: it has no headless mode.')
    return false
  }
  const search = await findOrDownloadElectron({
    insist: wish.host === 'electron',
    onStart: () => {
      say('正在下载 Electron（只在第一次）……', 'Downloading Electron (the first time only) …')
    },
  })
  if (search.path === undefined) {
    sayNoElectron(search.reason)
    return false
  }
  if (await runElectron(search.path, wish.open)) return true
  say(
    'Electron 在这台电脑上没有启动成功，改用已安装的浏览器。',
    'Electron did not start on this computer; trying an installed browser instead.',
  )
  return false
}

function sayNoElectron(reason: Reason): void {
  const code = reason.code === '' ? '' : ` (${reason.code})`
  if (reason.kind === 'stalled') {
    say(
      'Electron 的下载 30 秒没有进展，已放弃。',
      'The Electron download made no progress for 30 seconds and was given up.',
    )
  } else if (reason.kind === 'resting') {
    say(
      `Electron 最近一次下载失败${code}，24 小时内不再尝试；立即重试：npm start -- --host electron`,
      `Electron could not be downloaded lately${code} and is left alone for 24 hours; to try now: npm start -- --host electron`,
    )
  } else if (reason.kind === 'absent') {
    say('没有安装 Electron。', 'Electron is not installed.')
  } else {
    say(
      `无法从发布服务器下载 Electron${code}。`,
      `Electron could not be downloaded from its release server${code}.`,
    )
  }
}

/** Answers whether the window was shown and closed. */
async function tryChromium(wish: Wish, display: Display): Promise<boolean> {
  const browser = findBrowser()
  if (browser === undefined) {
    sayNoBrowser()
    return false
  }
  const { runChromium } = await import('./chromium/main.ts')
  let opened = false
  try {
    await runChromium({
      browser,
      headless: display === 'headless',
      openPath: wish.open,
      notice: note,
      onOpen: () => {
        opened = true
        say(
          '归藏已在浏览器窗口中打开；关闭窗口或按 Ctrl+C 结束。',
          'Guicang is open in a browser window; close it, or press Ctrl+C, to end.',
        )
      },
    })
    return true
  } catch (thrown) {
    // The driver's message is pages long, with paths: its first line is what a person needs.
    const line = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : 'unknown'
    if (opened) note(`The window ended badly: ${line}`)
    else say(`浏览器没有启动成功：${line}`, `The browser did not start: ${line}`)
    return opened
  }
}

function sayNoBrowser(): void {
  const chosen = process.env['GUICANG_BROWSER']
  if (chosen !== undefined && chosen !== '') {
    say('GUICANG_BROWSER 指向的程序不存在或不能运行。', 'GUICANG_BROWSER names no program that can be run.')
    return
  }
  say(
    '没有找到 Chromium、Chrome 或 Edge。请安装其中之一（Debian/Ubuntu：sudo apt-get install chromium），或用 GUICANG_BROWSER 指定程序。',
    'No Chromium, Chrome or Edge was found. Install one (Debian/Ubuntu: sudo apt-get install chromium), or name its program in GUICANG_BROWSER.',
  )
}

/** The tour in the terminal; answers its exit code. */
async function runDemo(): Promise<number> {
  const cli = fromRoot('electron/cli/main.ts')
  if (!existsSync(cli)) {
    note('The command line is not part of this copy.')
    return 1
  }
  const args = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', cli, 'demo']
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  return await new Promise<number>((done) => {
    child.once('exit', (code) => {
      done(code ?? 1)
    })
    child.once('error', () => {
      done(1)
    })
  })
}
