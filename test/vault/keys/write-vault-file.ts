// A process of its own for tests that kill it or take its disk away: writes the vault.json of the folder argv[3] into
// the folder argv[2] with rising epochs. `once` as argv[4] writes once and prints the outcome's code; else it goes on
// until it is killed.
import { readVaultFile, writeVaultFile } from '../../../electron/vault/keys/vault-file.ts'
import { refusalOf } from './support.ts'

const [, , dir = '', source = '', mode = ''] = process.argv
const file = await readVaultFile(source)
if (mode === 'once') console.log(await refusalOf(writeVaultFile(dir, { ...file, epoch: file.epoch + 1 })))
else for (let epoch = 2; ; epoch += 1) await writeVaultFile(dir, { ...file, epoch })
