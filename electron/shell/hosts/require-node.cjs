// Loaded before everything else (`node -r`) by the npm scripts: says in plain words when Node is too old, keeps compiled code.
// Plain JavaScript, because the files behind it are TypeScript, and only a new enough Node reads those.
'use strict'

const { resolve } = require('node:path')

const minimum = { major: 22, minor: 12 }
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < minimum.major || (major === minimum.major && minor < minimum.minor)) {
  const found = process.versions.node
  console.error(
    `归藏需要 Node.js 22.12 或更高版本，当前是 ${found}。请先运行 npm ci（Linux x64 与 Windows x64 会自带 Node 24），再用 npm run 启动；其他系统请安装 Node 24。`,
  )
  console.error(
    `Guicang needs Node.js 22.12 or later; this is ${found}. Run npm ci first (it brings Node 24 along on Linux x64 and Windows x64), then start through npm run; on other systems install Node 24.`,
  )
  process.exit(1)
}

/** Whether a command-line flag names this file, alone or as `--require=…`. */
const isThisFile = (flag) =>
  typeof flag === 'string' && resolve(flag.replace(/^--require=/, '')) === __filename

// Children get our flags, and may have another working directory: they are not to look for this file there.
const flags = process.execArgv.filter(
  (flag, index, all) =>
    !isThisFile(flag) && !((flag === '-r' || flag === '--require') && isThisFile(all[index + 1])),
)
process.execArgv.splice(0, process.execArgv.length, ...flags)

// What was compiled once starts at twice the speed. It lies beside the code that it was made of, whoever could change the one
// could change the other; where that can't be written, Node goes on without. The vault process is told by this variable.
process.env.NODE_COMPILE_CACHE = resolve(__dirname, '../../../node_modules/.cache/guicang')
require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE)

// 22.12 to 22.17 strip types only when told to.
if (!process.features.typescript) {
  const { spawnSync } = require('node:child_process')
  const again = ['--experimental-strip-types', ...flags, ...process.argv.slice(1)]
  const { status } = spawnSync(process.execPath, again, { stdio: 'inherit' })
  process.exit(status ?? 1)
}
