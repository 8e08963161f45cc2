// One conformance suite: `npm run conformance -- NAME`. Runs test/exchange/NAME.test.ts and ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const names = readdirSync(path.join(root, 'test', 'exchange'))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.test.ts'.length))
const [name = '', ...more] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`Which one? ${names.join(', ')}`)
  process.exit(2)
}
const suite = path.join('test', 'exchange', `${name}.test.ts`)
const run = spawnSync(process.execPath, [path.join(root, 'tools', 'test.mjs'), suite, ...more], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
