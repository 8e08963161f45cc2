import uk from './rule-table.uk.json' with { type: 'json' }
import us from './rule-table.us.json' with { type: 'json' }
import type { LawPack } from './law-pack.ts'
import { countryOf, packField, someMinorAlone, stateAllows } from './law-pack.rules.ts'
import { lawPackOf } from './law-packs.ts'
import { evaluate, ruleKey, stricter } from './sharing.rules.ts'
import { RuleTable } from './rule-table.ts'
import { roleOf } from './sharing.ts'
import type { PackId, Question, Verdict } from './sharing.ts'
import { withYoung, type YoungRead } from './young.rules.ts'

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
  /** The law of the state or nation; null where none is loaded, and everything that hangs on it is at its strictest. */
  readonly law: LawPack | null
}

/**
 * The rules for a country with the law of one of its states or nations. An unknown country gets every known table at once,
 * the strictest answer of each; a missing pack leaves nothing that hangs on the law of the place (us-T45).
 */
export function rulesInForce(country: string, law: LawPack | null = null): RulesInForce {
  if (country !== 'uk' && country !== 'us') return inForce([ruleTables.uk, ruleTables.us], null)
  return inForce([ruleTables[country]], law !== null && countryOf(law) === country ? law : null)
}

/** Whose rules: the country, the law that the agency works under, and how the agency itself read it for the young. */
export interface WhoseRules {
  readonly pack: PackId
  readonly law: string | null
  readonly sector?: string
  readonly young?: YoungRead | null
}

/** The rules in force for whoever acts: their country's, with the law that their agency says it works under. */
export function rulesFor(who: WhoseRules): RulesInForce {
  const law = lawPackOf(who.pack, who.law)
  return rulesInForce(who.pack, withYoung(law, roleOf(who.sector ?? ''), who.young ?? null))
}

/** Answers one question under the rules in force, the strictest where several tables or readings count. */
export function judge(rules: RulesInForce, question: Question): Verdict {
  const readings = rules.tables.some((table) => table.id === 'us')
    ? readingsUnder(rules.law, question)
    : [question]
  const verdicts = rules.tables.flatMap((table) => readings.map((each) => evaluate(table, each)))
  const [first, ...rest] = [...verdicts, ...withoutAgreement(rules, question)]
  if (!first) throw new Error('No rule table is loaded')
  return { ...rest.reduce(stricter, first), packMissing: rules.packMissing }
}

/** A reasoned decision to share carries nothing where the law of the place does not know it, or nobody has read that law. */
function withoutAgreement({ law, packMissing }: RulesInForce, { basis }: Question): readonly Verdict[] {
  const says = packField(law, 'sharing-without-agreement')
  if (basis !== 'SAFE' || says.value !== 'never') return []
  const rules = [says.row]
  return [
    {
      outcome: 'forbidden',
      missing: [],
      sentences: rules.map(ruleKey),
      rules,
      maxDays: null,
      oneTime: false,
      packMissing,
    },
  ]
}

/** Where no pack says so, nobody can say that a state's law allows something, nor that a minor's signature alone is enough. */
function readingsUnder(law: LawPack | null, question: Question): readonly Question[] {
  const facts = question.facts.filter((fact) => fact !== 'state-allows' || stateAllows(law, question))
  const both = facts.filter((fact) => fact !== 'minor-consents-alone')
  return both.length === facts.length || someMinorAlone(law, question.from)
    ? [{ ...question, facts }]
    : [
        { ...question, facts },
        { ...question, facts: both },
      ]
}

function inForce(tables: RulesInForce['tables'], law: LawPack | null): RulesInForce {
  const version = [...tables.map((table) => table.version), ...(law === null ? [] : [law.version])].join('+')
  return { tables, version, packMissing: law === null, law }
}
