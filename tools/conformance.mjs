// One conformance suite: `npm run conformance -- NAME`. Runs NAME.test.ts of test/exchange, test/directory and test/fhir, each that there
// is, and ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const suites = Map.groupBy(
  ['directory', 'exchange', 'fhir'].flatMap((folder) =>
    readdirSync(path.join(root, 'test', folder))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => path.join('test', folder, file)),
  ),
  (file) => path.basename(file, '.test.ts'),
)
const [name = '', ...more] = process.argv.slice(2)
const suite = suites.get(name)
if (suite === undefined) {
  console.error(`Which one? ${[...suites.keys()].join(', ')}`)
  process.exit(2)
}
const run = spawnSync(process.execPath, [path.join(root, 'tools', 'test.mjs'), ...suite, ...more], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
