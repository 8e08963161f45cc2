import { turningFacts } from '../src/releases/rule-space.rules.ts'
import type { RuleRow, RuleTable } from '../src/releases/rule-table.ts'
import { evaluate, holds, holdsRole, rank } from '../src/releases/sharing.rules.ts'
import { basisIds, recordIds, roleIds, type Question } from '../src/releases/sharing.ts'
import { mulberry } from './engine-generator.ts'

/** One line of a plain policy list: the first that matches decides, nothing matching refuses. */
interface Line {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly records: readonly string[]
  readonly bases: readonly string[]
  readonly when: readonly string[]
  readonly unless: readonly string[]
  /** Silent where all of these are so; empty: never. */
  readonly unlessAll: readonly string[]
  readonly allow: boolean
}

/** A rule table as a list that any policy engine can hold: conditions that refuse, then pairs, roles before their kinds. */
export function linesOf(table: RuleTable): readonly Line[] {
  const conditions = table.rows.filter((row) => row.part === 'condition' && row.outcome.startsWith('F'))
  const pairs = table.rows.filter((row) => row.part === 'pair')
  const excepting = conditions.filter((row) => row.except.length > 0)
  const excepted = pairs.filter((row) => excepting.some((each) => each.except.includes(row.id)))
  const always = conditions.filter((row) => row.except.length === 0)
  return [
    ...always.flatMap(refusing),
    ...excepted.flatMap((row) => deciding(row, [0, 1, 2])),
    ...excepting.flatMap(refusing),
    ...[0, 1, 2].flatMap((place) => pairs.flatMap((row) => deciding(row, [place]))),
  ]
}

/** Questions of which every other one is not refused; what a worker picks is rarely a random combination. */
export function questionsFor(table: RuleTable, count: number): readonly Question[] {
  const random = mulberry(33)
  const facts = turningFacts(table)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const ask = (): Question => ({
    from: pick(roleIds),
    to: pick(roleIds),
    record: pick(recordIds),
    basis: pick(basisIds),
    facts: facts.filter(() => random() < 0.4),
  })
  const through = (question: Question) => !evaluate(table, question).outcome.startsWith('forbidden')
  const questions: Question[] = []
  while (questions.length < count) {
    const question = ask()
    if (through(question) === (questions.length % 2 === 0)) questions.push(question)
  }
  return questions
}

function refusing(row: RuleRow): readonly Line[] {
  const base = baseOf(row)
  return [
    {
      ...base,
      from: roleIds.filter((role) => holdsRole(row.from, role)),
      to: roleIds.filter((role) => holdsRole(row.to, role)),
      unlessAll: row.outcome === 'F' ? row.override : [],
      allow: false,
    },
  ]
}

/** A pair row between the roles for which it has one of these ranks: senders with the same recipients share a line. */
function deciding(row: RuleRow, places: readonly number[]): readonly Line[] {
  const groups = new Map<string, { readonly from: string[]; readonly to: readonly string[] }>()
  for (const from of roleIds.filter((role) => holdsRole(row.from, role))) {
    const to = roleIds.filter((role) => holdsRole(row.to, role) && places.includes(rank(row, from, role)))
    if (to.length === 0) continue
    const group = groups.get(to.join()) ?? { from: [], to }
    group.from.push(from)
    groups.set(to.join(), group)
  }
  return [...groups.values()]
    .map(({ from, to }) => ({
      ...baseOf(row),
      from,
      to,
      unlessAll: [],
      allow: !row.outcome.startsWith('F'),
    }))
    .flatMap((line) =>
      row.outcome === 'F' && row.override.length > 0
        ? [{ ...line, when: [...line.when, ...row.override], allow: true }, line]
        : [line],
    )
}

function baseOf(row: RuleRow): Pick<Line, 'records' | 'bases' | 'when' | 'unless'> {
  return {
    records: recordIds.filter((record) => holds(row.records, record)),
    bases: basisIds.filter((basis) => holds(row.bases, basis)),
    when: row.when,
    unless: row.unless,
  }
}
