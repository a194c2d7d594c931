// What the packaged program refuses to be started with.
import { expect, test } from 'vitest'
import { refusedSwitches } from '../../../electron/shell/security/launch-switches.ts'

test.each([
  [['--remote-debugging-port=9222'], ['remote-debugging-port']],
  [['-remote-debugging-pipe'], ['remote-debugging-pipe']],
  [['--INSPECT-brk=0'], ['inspect-brk']],
  [
    ['--no-sandbox', '--disable-web-security'],
    ['no-sandbox', 'disable-web-security'],
  ],
  [
    ['--js-flags=--expose-gc', '--load-extension=/x'],
    ['js-flags', 'load-extension'],
  ],
  [
    ['--log-net-log=/tmp/x', '--user-data-dir=/tmp/x'],
    ['log-net-log', 'user-data-dir'],
  ],
  [['--renderer-cmd-prefix=gdb'], ['renderer-cmd-prefix']],
  [['--open=/v', '--open', '/v', '--allow-screen-capture', '--disable-gpu'], []],
  [['/home/me/a.vault', '--ozone-platform=wayland'], []],
  [['--open=/v', '--', '--inspect'], []],
])('given %j refuses %j', (args, refused) => {
  expect(refusedSwitches(args, 'linux')).toEqual(refused)
})

test('on Windows a slash is a dash', () => {
  expect(refusedSwitches(['/remote-debugging-port=1', 'C:\\v', '/open=C:\\v'], 'win32')).toEqual([
    'remote-debugging-port',
  ])
})
