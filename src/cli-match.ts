import { facetName, serviceName } from '#engine/check'
import { isPossible, match, matchIndex, type MatchReport } from '#engine/matching'
import { TooLarge, problemLine, readSituation, readSystem, type System } from '#engine/space'
import { readJson, readWords, refuse, type Given } from './cli-json.ts'

/** The help text of the command. */
export const matchHelp = `anydoor match SYSTEM.json SITUATION.json [options]

Matches one person: which services take them, which depend on an answer, which do not take them and why.
A situation is { facet: value }; a facet left out is unknown.

  --need ID   only services that meet this need
  --json      print the report as JSON

Exit 0: done. 2: a file cannot be read, is not a service system, or the situation is not possible in it.
`

/** `anydoor match`: reads a system and a situation and prints who takes it; gives the exit code. */
export function runMatch(args: readonly string[]): number {
  const given = readWords(args, { values: ['--need'], flags: ['--json', '--help'] })
  if ('cannot' in given) return refuse(given.cannot)
  if (given.flags.has('--help')) return print(matchHelp)
  const [systemPath, situationPath, extra] = given.plain
  if (systemPath === undefined || situationPath === undefined || extra !== undefined) {
    return refuse('name two files: anydoor match SYSTEM.json SITUATION.json')
  }
  const systemFile = readJson(systemPath)
  if ('cannot' in systemFile) return refuse(systemFile.cannot)
  const read = readSystem(systemFile.json)
  if (!read.ok) return refuse(problemLine(read.problem))
  const situationFile = readJson(situationPath)
  if ('cannot' in situationFile) return refuse(situationFile.cannot)
  try {
    return matched(read.value, situationFile.json, given)
  } catch (error) {
    if (error instanceof TooLarge) return refuse(`${systemPath}: ${error.message}`)
    throw error
  }
}

function matched(system: System, json: unknown, given: Given): number {
  const situation = readSituation(system.facets, json)
  if (!situation.ok) return refuse(problemLine(situation.problem))
  const need = given.values.get('--need')
  if (need !== undefined && !system.needs.some((one) => one.id === need)) {
    return refuse(
      `--need ${need} is not a need of this system; the needs are ${system.needs.map((one) => one.id).join(', ')}`,
    )
  }
  const index = matchIndex(system)
  if (!isPossible(index, situation.value))
    return refuse('situation: is not possible in this system; mend it or the system\'s "possible"')
  const report = match(index, situation.value, need === undefined ? {} : { need })
  return print(given.flags.has('--json') ? `${JSON.stringify(report, null, 1)}\n` : inWords(system, report))
}

function inWords(system: System, report: MatchReport): string {
  const name = (id: string) => serviceName(system, id)
  const facets = (ids: readonly string[]) => ids.map((id) => facetName(system, id)).join(', ')
  const parts = [
    section('Takes them', report.takes.map(name)),
    section(
      'Depends on an answer',
      report.dependsOn.map((one) => `${name(one.service)}: ask ${facets(one.questions)}`),
    ),
    report.bestQuestion === null ? '' : `Best question: ${facetName(system, report.bestQuestion)}\n`,
    section(
      'Does not take them',
      report.doesNotTake.map(
        (one) => `${name(one.service)}${one.blocks.length === 0 ? '' : `: because of ${facets(one.blocks)}`}`,
      ),
    ),
    report.gap ? 'This is a gap: no open service takes them, whatever the answers.\n' : '',
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
