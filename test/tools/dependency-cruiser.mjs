// The arrows of the house (DESIGN.md, section 5). `allowed` lists what each room may import: anything else is an error.
// `forbidden` holds what a list of rooms can't say. test/tools/arrows.test.ts plants one violation a rule.

const room = {
  shared: '^shared/',
  domain: '^electron/domain/',
  exchange: '^electron/exchange/',
  vault: '^electron/vault/',
  gate: '^electron/gate/',
  cli: '^electron/cli/',
  shell: '^electron/shell/(?!preload/)',
  preload: '^electron/shell/preload/',
  renderer: '^renderer/',
}

const node = { dependencyTypes: ['core'] }
const packages = { path: '(^|/)node_modules/' }
const only = (...names) => ({ path: `(^|/)node_modules/(${names.join('|')})/` })

/** One line of the allowed list per target. */
const may = (from, ...targets) =>
  targets.map((to) => ({ from: { path: from }, to: typeof to === 'string' ? { path: to } : to }))

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  allowedSeverity: 'error',
  allowed: [
    ...may(room.shared, room.shared, only('zod')),
    ...may(
      room.domain,
      room.domain,
      room.shared,
      only('zod', 'libphonenumber-js', 'uuid', 'canonicalize', 'dayjs'),
    ),
    ...may(room.exchange, room.exchange, room.domain, room.shared, node, packages),
    ...may(room.vault, room.vault, room.exchange, room.domain, room.shared, node, packages),
    // The vault's door: its client, its port, and the transports between which a host chooses.
    ...may(
      room.gate,
      room.gate,
      '^electron/vault/process/(client|port|transport)\\.ts$',
      // What a killed vault process leaves beside a vault, main removes.
      '^electron/exchange/drafts\\.ts$',
      room.shared,
      node,
      packages,
    ),
    ...may(room.cli, room.cli, room.gate, room.exchange, room.domain, room.shared, node, packages),
    ...may(room.shell, room.shell, room.gate, room.shared, node, packages),
    ...may('^electron/(shell/hosts|cli)/', '^electron/vault/process/transport\\.ts$'),
    // A process hardens itself first, whichever it is.
    ...may('^electron/(shell/(hosts|main)|cli)/', '^electron/vault/process/harden\\.ts$'),
    ...may(room.preload, room.preload, room.shared, only('electron')),
    ...may(room.renderer, room.renderer, room.shared, '^resources/', packages),
    // Tool configurations, and tests: these may look into every room.
    ...may('^electron/[^/]+\\.ts$', '^electron/[^/]+\\.ts$', '^shared/', node, packages),
    ...may('^[^/]+$', node, packages),
    ...may('^test/', '.*'),
  ],
  forbidden: [
    forbid(
      'no-circular',
      'Two files that import each other have one reason to exist between them.',
      {},
      { circular: true },
    ),
    forbid(
      'resolvable',
      'An import that leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: '^@journeyapps/sqlcipher$' },
    ),
    forbid(
      'sqlite-only-in-store',
      'SQLite is opened in one place, where its pragmas come in the right order.',
      { pathNot: '^(electron/vault/store/|test/)' },
      { path: '(^|/)node_modules/better-sqlite3' },
    ),
    forbid(
      'keyring-only-in-keychain',
      'The keychain has its own time-outs and read-backs, all in one file.',
      { pathNot: '^(electron/gate/keychain\\.ts$|test/)' },
      { path: '(^|/)node_modules/@napi-rs/keyring' },
    ),
    forbid(
      'playwright-only-in-hosts',
      'Only the Chromium host drives a browser.',
      { pathNot: '^(electron/shell/hosts/|test/)' },
      { path: '(^|/)node_modules/(playwright|@playwright)' },
    ),
    forbid(
      'electron-only-in-shell',
      'Everything else runs without Electron: in the CLI, in tests, in the Chromium host.',
      { pathNot: '^(electron/shell/(main|preload)/|electron/shell/hosts/electron|test/)' },
      { path: '(^|/)node_modules/electron/' },
    ),
    forbid(
      'no-network',
      'Guicang never talks to a network.',
      { pathNot: '^test/' },
      { dependencyTypes: ['core'], path: '^(node:)?(https?|http2|net|tls|dgram|dns|inspector)(/|$)' },
    ),
    forbid(
      'processes-only-where-started',
      'Only the vault client and the hosts start processes.',
      { pathNot: '^(electron/vault/process/|electron/shell/hosts/|test/)' },
      { dependencyTypes: ['core'], path: '^(node:)?(child_process|cluster)$' },
    ),
    forbid(
      'no-dev-dependency-at-run-time',
      'A package that runs unbuilt or stays external must be among the dependencies. (Vite bundles what the renderer imports.)',
      { path: '^electron/[^/]+/' },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/(electron|@types)/',
      },
    ),
    forbid(
      'no-test-in-product',
      'Tests import the product, never the other way.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/|^test/interop/node_modules/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
}
