import { outliveReader } from './broken-pipe.ts'
import { cli } from './cli.ts'

outliveReader(process.stdout, process.stderr)
const code = await cli(process.argv.slice(2))
process.exitCode ??= code
