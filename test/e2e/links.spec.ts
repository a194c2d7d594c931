// A table of hostile links, each followed in every way that a page has: none leaves the window, opens another, or loads.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { record } from '../fuzz/support/counts.ts'
import { expect, type Page, test } from './support/host.ts'

/** Built from pieces where a linter takes the whole for a link of ours. */
const script = 'java'.concat('script:')
const links = [
  `${script}window.guicangHit=1`,
  ` ${script}window.guicangHit=1`,
  `JaVa\tScRiPt:window.guicangHit=1`,
  `vb${script.slice(4)}msgbox(1)`,
  'data:text/html,<script>window.guicangHit=1</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="window.guicangHit=1"/>',
  'file:///etc/passwd',
  'file://192.0.2.1/share/x',
  'http://192.0.2.1/',
  'https://192.0.2.1/',
  'http://127.0.0.1:9/',
  'http://[::1]:9/',
  '//192.0.2.1/x',
  '\\\\192.0.2.1\\share',
  'https:192.0.2.1',
  'ftp://192.0.2.1/',
  'ws://192.0.2.1/',
  'blob:https://guicang.invalid/00000000-0000-0000-0000-000000000000',
  'blob:null/00000000-0000-0000-0000-000000000000',
  'filesystem:https://guicang.invalid/temporary/x',
  'intent://192.0.2.1/#Intent;scheme=https;end',
  'app://guicang/../../etc/passwd',
  'app://guicang/index.html',
  'mailto:x@example.org',
  'tel:10086',
  'ms-settings:',
  'search-ms:query=x',
  'vscode://file/etc/passwd',
  'steam://run/1',
  'chrome://settings',
  'chrome://version',
  'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x.html',
  'devtools://devtools/bundled/inspector.html',
  'view-source:https://guicang.invalid/',
  'about:blank',
  'about:srcdoc',
  'https://guicang.invalid.example.org/',
  'https://guicang.invalid@192.0.2.1/',
  'https://guicang.invalid:8443/',
  'http://guicang.invalid/',
  'https://guicang.invalid/../../../../etc/passwd',
  'https://guicang.invalid/%2e%2e/%2e%2e/package.json',
  'https://guicang.invalid/..%2f..%2fpackage.json',
  'https://guicang.invalid/assets/',
]

/** Each gets the address as `url` and tries to go there. */
const ways: Readonly<Record<string, string>> = {
  location: `location.href = url`,
  replace: `location.replace(url)`,
  anchor: `Object.assign(document.body.appendChild(document.createElement('a')), { href: url }).click()`,
  'anchor to a new window': `Object.assign(document.body.appendChild(document.createElement('a')), { href: url, target: '_blank', rel: 'opener' }).click()`,
  download: `Object.assign(document.body.appendChild(document.createElement('a')), { href: url, download: 'x.html' }).click()`,
  ping: `Object.assign(document.body.appendChild(document.createElement('a')), { href: '#', ping: url }).click()`,
  'window.open': `window.open(url)`,
  'a frame’s open': `document.body.appendChild(document.createElement('iframe')).contentWindow.open(url)`,
  form: `(() => { const f = document.createElement('form'); f.action = url; f.method = 'post'; document.body.append(f); f.submit() })()`,
  'form to a new window': `(() => { const f = document.createElement('form'); f.action = url; f.target = '_blank'; document.body.append(f); f.submit() })()`,
  refresh: `(() => { const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + url; document.head.append(m) })()`,
  history: `history.pushState({}, '', url)`,
}

test('no link leaves the window, whichever way it is followed', async ({ host }) => {
  test.slow()
  let dialogs = 0
  let downloads = 0
  const listen = (page: Page): void => {
    page.on('dialog', () => {
      dialogs += 1
    })
    page.on('download', (download) => {
      downloads += 1
      expect(download.suggestedFilename()).toBe('x.html')
    })
  }
  let listened = host.page
  listen(listened)
  for (const link of links) {
    await test.step(link, async () => {
      const attempts = Object.values(ways).map(
        (way, index) =>
          `setTimeout(() => { const url = ${JSON.stringify(link)}; try { ${way} } catch {} }, ${index * 15})`,
      )
      await host.page.evaluate(attempts.join('\n'))
      await delay(Object.keys(ways).length * 15 + 200)
      // Asked of the host each time: a browser that can't stand a link ends its page, and the host brings another.
      await expect.poll(() => new URL(host.page.url()).origin, link).toBe(chromiumOrigin)
      await expect.poll(() => host.page.context().pages().length, link).toBe(1)
      // Not by a locator: those wait for ever for the navigation of a form that was stopped.
      // A page that the host is just bringing back has nobody to ask yet.
      const look = (): Promise<unknown> =>
        host.page
          .evaluate(() => ({
            hit: Reflect.get(window, 'guicangHit') !== undefined,
            shown: document.getElementById('root')?.hasChildNodes() === true,
          }))
          .catch((thrown: unknown) => String(thrown))
      await expect.poll(look, link).toEqual({ hit: false, shown: true })
      // The next one meets a page without leftovers, as a person would after the host has brought the window back.
      // A navigation that was stopped may still be ending, and would end this one with it.
      await expect(async () => {
        await host.page.goto(`${chromiumOrigin}/`)
      }, link).toPass()
      if (host.page !== listened) {
        console.log(`the page ended at ${link} and came back`)
        listened = host.page
        listen(listened)
      }
      host.takeProblems()
    })
  }
  expect(dialogs).toBe(0)
  expect(existsSync(join(host.folder, 'x.html'))).toBe(false)
  record(
    'hostile links, each followed in every way',
    links.length * Object.keys(ways).length,
    `${downloads} downloads begun, none kept`,
  )
})
