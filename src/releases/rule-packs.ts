import uk from './rule-table.uk.json' with { type: 'json' }
import us from './rule-table.us.json' with { type: 'json' }
import { evaluate, stricter } from './sharing.rules.ts'
import { RuleTable } from './rule-table.ts'
import type { PackId, Question, Verdict } from './sharing.ts'

/** The tables shipped with the program, one a country. */
export const ruleTables: Readonly<Record<PackId, RuleTable>> = {
  uk: RuleTable.parse(uk),
  us: RuleTable.parse(us),
}

/** The rules that count at one agency. `packMissing` shows a banner: somebody has to load or check a pack. */
export interface RulesInForce {
  readonly tables: readonly [RuleTable, ...RuleTable[]]
  /** What is stamped on every decision, so that it is later read under the rules of its day. */
  readonly version: string
  readonly packMissing: boolean
  /** Whether the state's own law has been loaded and checked; in the UK pack nothing hangs on it. */
  readonly stateLoaded: boolean
}

/**
 * The rules for a country and, in the United States, a state. An unknown country gets every known table at
 * once, the strictest answer of each; a missing state pack leaves nothing that hangs on state law (us-T45).
 */
export function rulesInForce(
  country: string,
  loadedStates: readonly string[] = [],
  state: string | null = null,
): RulesInForce {
  if (country === 'uk') return inForce([ruleTables.uk], true, true)
  const stateLoaded = state !== null && loadedStates.includes(state)
  if (country === 'us') return inForce([ruleTables.us], stateLoaded, stateLoaded)
  return inForce([ruleTables.uk, ruleTables.us], false, false)
}

/** Answers one question under the rules in force, the strictest where several tables or readings count. */
export function judge(rules: RulesInForce, question: Question): Verdict {
  const readings = rules.stateLoaded ? [question] : cautiousReadings(question)
  const verdicts = rules.tables.flatMap((table) => readings.map((each) => evaluate(table, each)))
  const [first, ...rest] = verdicts
  if (!first) throw new Error('No rule table is loaded')
  return { ...rest.reduce(stricter, first), packMissing: rules.packMissing }
}

/** Without a state's law nobody can say that it allows something, nor that a minor's signature alone is enough. */
function cautiousReadings(question: Question): readonly Question[] {
  const facts = question.facts.filter((fact) => fact !== 'state-allows')
  const both = facts.filter((fact) => fact !== 'minor-consents-alone')
  return both.length === facts.length
    ? [{ ...question, facts }]
    : [
        { ...question, facts },
        { ...question, facts: both },
      ]
}

function inForce(tables: RulesInForce['tables'], loaded: boolean, stateLoaded: boolean): RulesInForce {
  const version = tables.map((table) => table.version).join('+')
  return { tables, version, packMissing: !loaded, stateLoaded }
}
