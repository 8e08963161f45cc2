import { type Card, namesOn } from '#people'
import {
  judge,
  lawPackOf,
  packField,
  type PackId,
  type RoleId,
  roleOf,
  type RulesInForce,
  type Verdict,
} from '#releases'

import type { GroundRefusal } from './ground.ts'
import { type Report, reportFacts } from './report.ts'
import type { Done, Told } from './told.ts'

/** Where it stands; that follows from what was done. */
export const reportStates = ['begun', 'written', 'made', 'not-made'] as const
export type ReportState = (typeof reportStates)[number]

/** The state follows from what was done; nobody sets it. */
export function reportState(report: Report): ReportState {
  if (report.made !== null) return 'made'
  if (report.notMade !== null) return 'not-made'
  return report.facts === null ? 'begun' : 'written'
}

/** What the law that the agency works under says of reports. What is not set acts most restrictively. */
export interface ReportLaw {
  readonly clockHours: number
  readonly exposureIsGround: boolean
  /** Whether the pack names this agency's work among those who must report; null where that was not read. */
  readonly mustReport: boolean | null
}

/** The fields of the agency's law that reports hang on; where nothing is set, at once and no ground. */
export function reportLaw(who: {
  readonly pack: PackId
  readonly law: string | null
  readonly sector: string
}): ReportLaw {
  const law = lawPackOf(who.pack, who.law)
  const inOwnRight = packField(law, 'child-in-own-right')
  const reporters = packField(law, 'mandated-reporters')
  return {
    clockHours: packField(law, 'report-clock-hours').value,
    exposureIsGround:
      who.pack === 'us'
        ? packField(law, 'exposure-is-ground').value
        : inOwnRight.isSet && inOwnRight.value === true,
    mustReport: reporters.isSet ? reporters.value.includes(roleOf(who.sector)) : null,
  }
}

/**
 * What in a text could say who is meant: a name of the case, or anything that looks like a telephone, an address of mail, a
 * date, a house. A consultation that names somebody is no consultation.
 */
export function namesSomebody(
  text: string,
  cards: readonly Pick<Card, 'name' | 'legalName' | 'sayAloud'>[],
): string | null {
  const words = new Set(wordsOf(text))
  for (const card of cards)
    for (const name of namesOn(card))
      for (const part of wordsOf(name)) if (part.length >= 2 && words.has(part)) return part
  return telling.map((sign) => sign.exec(text)?.[0] ?? null).find((found) => found !== null) ?? null
}

const telling = [
  /[^\s@]+@[^\s@]+\.\w+/,
  // Six digits and more, whatever stands between them.
  /\+?\d(?:[\s().-]?\d){5,}/,
  /\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b/,
  /\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b/i,
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b/i,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/,
  /\b\d+ (?:\p{L}+ ){1,3}(?:street|road|lane|avenue|close|drive|way)\b/iu,
]

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Writes the facts down. Exposure alone is no ground unless the pack says so. */
export function written(
  report: Report,
  law: Pick<ReportLaw, 'exposureIsGround'>,
  given: { readonly facts: NonNullable<Report['facts']>; readonly told: Told },
  done: Done,
): Report | GroundRefusal {
  if (!['begun', 'written'].includes(reportState(report))) return { refused: 'rule', rule: 'report-4' }
  if (report.sort === 'exposure' && !law.exposureIsGround) return { refused: 'rule', rule: 'report-2' }
  if (!reportFacts.every((fact) => given.facts[fact] !== undefined))
    return { refused: 'rule', rule: 'report-1' }
  // Whoever was told already stays told.
  const told = report.told?.state === 'told' ? report.told : given.told
  return { ...report, facts: given.facts, told, written: done }
}

/** More was heard than that a child was near: what that is comes into the facts. */
export function heardMore(report: Report): Report | GroundRefusal {
  if (reportState(report) !== 'begun' || report.sort === 'harm') return { refused: 'rule', rule: 'report-4' }
  return { ...report, sort: 'harm' }
}

/** It was made, once, and what was written is what went. */
export function made(report: Report, how: NonNullable<Report['made']>): Report | GroundRefusal {
  if (reportState(report) !== 'written') return { refused: 'rule', rule: 'report-4' }
  return { ...report, made: how }
}

/** None is made, with the reason. */
export function notMade(report: Report, why: string, done: Done): Report | GroundRefusal {
  if (!['begun', 'written'].includes(reportState(report))) return { refused: 'rule', rule: 'report-4' }
  return { ...report, notMade: { why, ...done } }
}

/** What the table says to the report's facts, and to anything of the file beside them. */
export function reportVerdict(
  rules: RulesInForce,
  sector: string,
  report: Pick<Report, 'facts' | 'told'>,
  record: 'R11' | 'R5' = 'R11',
): Verdict {
  const facts = [
    ...(report.facts === null ? [] : ['report-form', 'minimum-only', 'no-attachment']),
    ...(report.told === null ? [] : ['person-told-or-reason']),
  ]
  const to: RoleId = 'CW'
  return judge(rules, { from: roleOf(sector), to, record, basis: 'MAND', facts })
}
