import asFact from './as-fact.json' with { type: 'json' }
import answer from './blamed-for-answer.json' with { type: 'json' }
import harm from './blamed-for-harm.json' with { type: 'json' }
import doubt from './doubt.json' with { type: 'json' }
import excuses from './excuses.json' with { type: 'json' }
import actor from './hidden-actor.json' with { type: 'json' }
import labels from './labels.json' with { type: 'json' }
import service from './service.json' with { type: 'json' }
import shared from './mutual-blame.json' with { type: 'json' }

/** Whose words and spellings: those of the agency's country. */
export type Country = 'uk' | 'us'

/** 2 asks to name the behaviour; 1 is a soft hint that is off unless somebody lowers the threshold. */
export type Severity = 1 | 2

/** What one row looks for: words that must, or must not, stand within so many words of it. */
export interface Nearby {
  readonly words: string
  readonly within: number
}

/** What a country says or looks for otherwise; its patterns come beside the others. */
export interface Variant {
  readonly patterns?: readonly string[]
  readonly why?: string
  readonly suggest?: readonly string[]
}

/** One row of the table: wording that blames, why it does, and what could stand there instead. */
export interface Row {
  readonly id: string
  /** Its number in the table. */
  readonly row: number
  readonly severity: Severity
  readonly patterns: readonly string[]
  /** Quiet where one of these covers the same words: a law's name, the other person's act, another sense. */
  readonly unless?: readonly string[]
  readonly near?: Nearby
  readonly unlessNear?: Nearby
  /** Quiet until it stands there so many times. */
  readonly least?: number
  readonly why: string
  readonly suggest: readonly string[]
  readonly uk?: Variant
  readonly us?: Variant
  readonly source: string
}

/** Rows with one subject, and who looks after them. */
export interface Part {
  readonly group: string
  readonly owner: string
  readonly reviewedOn: string
  readonly rows: readonly Row[]
}

/** The whole table. */
export const parts = [harm, answer, shared, actor, excuses, doubt, labels, service, asFact] as readonly Part[]

/** Every row in the order of the table. */
export const rows: readonly Row[] = parts.flatMap((part) => part.rows)

const aboutTheHurt: ReadonlySet<Row> = new Set(
  parts.flatMap((part) => (part.group === 'harm' ? part.rows : [])),
)

/** Whether a row is about wording that blames the person who was hurt. */
export function blamesTheHurt(row: Row): boolean {
  return aboutTheHurt.has(row)
}

/** What a row says to a reader in this country. */
export function saidOf(
  row: Row,
  country: Country,
): { readonly why: string; readonly suggest: readonly string[] } {
  return { why: row[country]?.why ?? row.why, suggest: row[country]?.suggest ?? row.suggest }
}

/** What a row looks for in this country. */
export function patternsOf(row: Row, country: Country): readonly string[] {
  return [...row.patterns, ...(row[country]?.patterns ?? [])]
}
