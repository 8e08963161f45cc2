import { load, reportInWords, reportOf, type CheckOptions, type Report } from '#engine/check'
import { TooLarge, problemLine, readSystem, type Problem, type System } from '#engine/space'
import { runAgainst } from './cli-against.ts'
import { followSteps } from './cli-check-steps.ts'
import { readJson, readWords, refuse, type Given } from './cli-json.ts'

/** The help text of the command. */
export const checkHelp = `anydoor check SYSTEM.json [options]

Decides a service system for every possible situation at every door.
  --json             print the whole report as JSON
  --at-least SHARE   exit 1 when the no-wrong-door figure is below (0 to 1)
  --gaps N           gaps listed for each need (20)
  --dead-ends N      dead ends listed (20)
  --loops N          loops listed (20)
  --remedies N       single changes listed (10; 0 skips them)
  --plan N           the best N changes one after the other
  --against OTHER    instead of the report, print what OTHER covers and SYSTEM does not, and the other way round
  --timing           print how long each step took, on standard error

Exit 0: done, every bar holds. 1: a bar does not hold. 2: the file cannot be read or is not a service system.

anydoor check --rules [TABLE.json …] [--json]

Decides the rule tables instead (without a file: those of this program): for every combination of who shares, with
whom, what kind of record, on what ground and with which facts, what no table may ever let through; whether an answer
hangs on the order of two rows that do not say so; whether a row never decides; whether a value of a column is left
without a rule. What does not hold is printed with the combination and the rows that answer there, and exits 1.
`

const NUMBERS = ['--gaps', '--dead-ends', '--loops', '--remedies', '--plan'] as const
const MOST = 100_000

/** `anydoor check`: reads a system file and prints its report; gives the exit code. */
export function runCheck(args: readonly string[]): number {
  const given = readWords(args, {
    values: [...NUMBERS, '--at-least', '--against'],
    flags: ['--json', '--timing', '--help'],
  })
  if ('cannot' in given) return refuse(given.cannot)
  if (given.flags.has('--help')) return print(checkHelp, 0)
  const [path, extra] = given.plain
  if (path === undefined || extra !== undefined) return refuse('name one file: anydoor check SYSTEM.json')
  const asked = readAsked(given)
  if (typeof asked === 'string') return refuse(asked)
  const file = readJson(path)
  if ('cannot' in file) return refuse(file.cannot)
  const read = readSystem(file.json)
  if (!read.ok) return refuse(problemLine(read.problem))
  try {
    const other = given.values.get('--against')
    if (other !== undefined) return runAgainst(read.value, other, given.flags.has('--json'))
    return checked(read.value, given, asked)
  } catch (error) {
    if (error instanceof TooLarge) return refuse(`${path}: ${error.message}`)
    throw error
  }
}

interface Asked extends CheckOptions {
  readonly atLeast?: number
}

function checked(system: System, given: Given, asked: Asked): number {
  const steps = followSteps(
    {
      write: (text) => void process.stderr.write(text),
      now: () => performance.now(),
      bar: process.stderr.isTTY && !given.flags.has('--json'),
      timing: given.flags.has('--timing'),
      peakMiB: () => process.resourceUsage().maxRSS / 1024,
    },
    (asked.remedies ?? 1) > 0 || (asked.plan ?? 0) > 0,
  )
  const report = reportIn(system, { ...asked, onStep: steps.onStep, onPart: steps.onPart })
  steps.end()
  if ('place' in report) return refuse(problemLine(report))
  for (const warning of report.warnings) process.stderr.write(`warning: ${warning}\n`)
  const holds =
    asked.atLeast === undefined || (report.noWrongDoor !== null && report.noWrongDoor >= asked.atLeast)
  if (!holds) process.stderr.write(`the no-wrong-door figure ${shown(report)} is below ${asked.atLeast}\n`)
  return print(
    given.flags.has('--json') ? `${JSON.stringify(report, null, 1)}\n` : reportInWords(system, report),
    holds ? 0 : 1,
  )
}

function reportIn(system: System, options: CheckOptions): Report | Problem {
  const loaded = load(system, options)
  return 'place' in loaded ? loaded : reportOf(loaded, options)
}

function readAsked({ values }: Given): Asked | string {
  const asked: Record<string, number> = {}
  for (const name of NUMBERS) {
    const text = values.get(name)
    if (text === undefined) continue
    if (!/^\d{1,6}$/.test(text) || Number(text) > MOST)
      return `${name} should be a whole number from 0 to ${MOST}`
    asked[name === '--dead-ends' ? 'deadEnds' : name.slice(2)] = Number(text)
  }
  const bar = values.get('--at-least')
  if (bar === undefined) return asked
  const atLeast = bar.trim() === '' ? Number.NaN : Number(bar)
  return atLeast >= 0 && atLeast <= 1 ? { ...asked, atLeast } : '--at-least should be a share from 0 to 1'
}

function shown({ noWrongDoor }: Report): string {
  return noWrongDoor === null ? '(nothing arises)' : String(noWrongDoor)
}

function print(text: string, code: number): number {
  process.stdout.write(text)
  return code
}
