// One linter for the whole house. A rule that an override needs in another form is built from the lists below, because
// an override replaces a rule's options and does not add to them. test/tools/lint-rules.test.ts plants one violation a rule.
import { defineConfig } from 'oxlint'

type RestrictedImport = { name: string; importNames?: string[]; message: string }
type RestrictedProperty = { object?: string; property: string; message: string }

const noNetwork = 'Guicang never talks to a network (DESIGN.md, promise 4).'
const noPersistence = 'Nothing is kept in the browser profile: customer data lives in the vault only.'
const electronOnlyInShell =
  'electron stands in electron/shell/{main,preload} and hosts/electron only, so that every room runs without it.'
const fewStarters = 'Only the vault client and the hosts start processes.'

const networkModules = [
  'http',
  'https',
  'http2',
  'net',
  'tls',
  'dgram',
  'dns',
  'dns/promises',
  'inspector',
  'inspector/promises',
]
const networkPackages = [
  'undici',
  'ws',
  'axios',
  'node-fetch',
  'got',
  'socket.io',
  'socket.io-client',
  'electron-updater',
]

const networkImports: RestrictedImport[] = [
  ...networkModules.flatMap((name) => [name, `node:${name}`]),
  ...networkPackages,
].map((name) => ({ name, message: noNetwork }))

const persistImports: RestrictedImport[] = [
  { name: 'zustand/middleware', importNames: ['persist', 'createJSONStorage'], message: noPersistence },
]

const processImports: RestrictedImport[] = [
  'child_process',
  'node:child_process',
  'cluster',
  'node:cluster',
].map((name) => ({ name, message: fewStarters }))

const electronImport: RestrictedImport = { name: 'electron', message: electronOnlyInShell }

// What even the shell's files don't take from electron; the preload alone may have ipcRenderer.
const electronOutsidePreload: RestrictedImport = {
  name: 'electron',
  importNames: ['ipcRenderer', 'contextBridge', 'net', 'autoUpdater', 'crashReporter'],
  message:
    'ipcRenderer and contextBridge belong to the preload; net, autoUpdater and crashReporter to nobody.',
}
const electronInPreload: RestrictedImport = {
  name: 'electron',
  importNames: ['net', 'autoUpdater', 'crashReporter', 'shell', 'clipboard', 'desktopCapturer'],
  message: 'The preload bridges named channels and nothing else.',
}

const networkGlobals = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
]
const storageGlobals = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']
const globalObjects = ['window', 'globalThis', 'self']

const restrictedGlobals = [
  ...networkGlobals.map((name) => ({ name, message: noNetwork })),
  ...storageGlobals.map((name) => ({ name, message: noPersistence })),
]

const restrictedProperties: RestrictedProperty[] = [
  ...globalObjects.flatMap((object) => [
    ...networkGlobals.map((property) => ({ object, property, message: noNetwork })),
    ...storageGlobals.map((property) => ({ object, property, message: noPersistence })),
  ]),
  { object: 'navigator', property: 'sendBeacon', message: noNetwork },
  { object: 'document', property: 'cookie', message: noPersistence },
  { property: 'openExternal', message: 'No link leaves the window: show the address as text.' },
  { property: 'innerHTML', message: 'Text goes into the page as text.' },
  { property: 'outerHTML', message: 'Text goes into the page as text.' },
  { property: 'insertAdjacentHTML', message: 'Text goes into the page as text.' },
]

const imports = (...paths: RestrictedImport[]) =>
  ['error', { paths: [...networkImports, ...persistImports, ...paths] }] as const

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'promise', 'node'],
  categories: { correctness: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['out/**', 'dist/**', 'test/interop/node_modules/**', '.plan/**'],
  rules: {
    'eslint/eqeqeq': 'error',
    'eslint/max-lines': ['error', { max: 320, skipBlankLines: false, skipComments: false }],
    'eslint/no-console': 'error',
    // Control characters are what input is searched for here.
    'eslint/no-control-regex': 'off',
    'eslint/no-empty': ['error', { allowEmptyCatch: false }],
    'eslint/no-eval': 'error',
    'eslint/no-new-func': 'error',
    'eslint/no-restricted-globals': ['error', ...restrictedGlobals],
    'eslint/no-restricted-imports': imports(...processImports, electronImport),
    'eslint/no-restricted-properties': ['error', ...restrictedProperties],
    'eslint/no-script-url': 'error',
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    // The compiler knows better which CommonJS packages have a default export.
    'import/default': 'off',
    'import/no-cycle': 'error',
    // Speaks of the React Compiler, which isn't used; the virtual list is what it warns of.
    'react/incompatible-library': 'off',
    'react/no-danger': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/jsx-no-target-blank': 'error',
    'typescript/await-thenable': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // Spreading a string gives its code points, which is the unit that masks and offsets are counted in.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    'typescript/no-namespace': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-enum-comparison': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unsafe-type-assertion': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Objects with methods are closures in this house: nothing of ours reads `this` off the caller.
    'typescript/unbound-method': 'off',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
  },
  overrides: [
    {
      // The command line speaks on stdout and stderr; so does the start-up that has no window yet.
      files: ['electron/cli/**', 'electron/shell/hosts/start.ts', 'electron/shell/hosts/require-node.cjs'],
      rules: { 'eslint/no-console': 'off' },
    },
    {
      files: ['electron/vault/process/**'],
      rules: { 'eslint/no-restricted-imports': imports(electronImport) },
    },
    {
      files: ['electron/shell/main/**', 'electron/shell/security/**'],
      rules: { 'eslint/no-restricted-imports': imports(...processImports, electronOutsidePreload) },
    },
    {
      files: ['electron/shell/hosts/**'],
      rules: { 'eslint/no-restricted-imports': imports(electronOutsidePreload) },
    },
    {
      files: ['electron/shell/preload/**'],
      rules: { 'eslint/no-restricted-imports': imports(...processImports, electronInPreload) },
    },
    {
      // Tests start programs, print why they skip, and may reach for what the product may not, to show that it is shut.
      files: ['test/**', 'oxlint.config.ts'],
      rules: {
        'eslint/no-console': 'off',
        'eslint/no-restricted-globals': 'off',
        'eslint/no-restricted-imports': 'off',
        'eslint/no-restricted-properties': 'off',
        'typescript/no-misused-spread': 'off',
      },
    },
    {
      // Plain JavaScript has no types to be strict about.
      files: ['**/*.cjs', '**/*.mjs'],
      rules: {
        'typescript/no-require-imports': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
  ],
})
