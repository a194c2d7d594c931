// Once before all screen tests: the window has to be built.
import { buildIfNeeded } from '../../../electron/shell/hosts/build.ts'

export default function setup(): void {
  if (!buildIfNeeded()) throw new Error('the window could not be built')
}
