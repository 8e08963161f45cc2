import type { Change } from '#engine/remedies'
import type { Condition, Constraint, Facet, System, Value } from '#engine/space'
import type { DeadEndReport, GapReport, NeedReport, Report } from './report.ts'

/** The report as text that a partnership meeting can read; `rows` bounds each list. */
export function reportInWords(system: System, report: Report, rows = 5): string {
  const parts = [
    headline(system, report),
    inShort(system, report),
    ...report.needs.map((need) => needInWords(system, need, rows)),
    deadEndsInWords(system, report.deadEnds, rows),
    waitsInWords(system, report, rows),
    loopsInWords(system, report, rows),
    remediesInWords(system, report),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function headline(system: System, report: Report): string {
  const title = system.name ?? 'Service system'
  const figure =
    report.noWrongDoor === null
      ? 'Nothing arises or nobody arrives, so there is no figure.'
      : `No wrong door: ${percent(report.noWrongDoor)} of what people bring to any door is met within ${count(system.maxHandoffs, 'handover')}.`
  const moved = report.sensitivity.filter(
    (one) => Math.abs((one.noWrongDoor ?? 0) - (report.noWrongDoor ?? 0)) > 5e-4,
  )
  const changes = moved.map(
    ({ facet, noWrongDoor }) =>
      `${percent(noWrongDoor)} with every value of "${facetName(system, facet)}" alike`,
  )
  return [
    title,
    '='.repeat(title.length),
    `${grouped(report.situations)} possible situations, ${count(system.services.length, 'service')}, ${count(system.agencies.length, 'agency', 'agencies')}. Every situation was decided; nothing was sampled.`,
    figure,
    ...waitLine(report),
    `Weights are estimates${report.weightsFrom === undefined ? '; the file does not say where they come from' : `: ${report.weightsFrom}`}`,
    ...(changes.length === 0 ? [] : [`How far the estimate matters: ${changes.join(', ')}.`]),
  ].join('\n')
}

function waitLine({ byWait, noWrongDoor }: Report): readonly string[] {
  if (byWait.length === 0) return []
  if (byWait.every((one) => one.noWrongDoor === noWrongDoor))
    return ['Waits change nothing: the figure is the same with only the services that wait least.']
  const waits = byWait.map(
    (one) =>
      `${percent(one.noWrongDoor)} ${one.weeks === 0 ? 'without a wait' : `within ${count(one.weeks, 'week')}`}`,
  )
  return [`Counting only services with a short usual wait: ${waits.join(', ')}.`]
}

/** What a meeting asks first: where most falls through, and what would change most. */
function inShort(system: System, report: Report): string {
  const worst = report.deadEnds[0]
  const best = report.remedies[0]
  const lines = [
    ...(worst === undefined
      ? []
      : [
          `Most is lost at ${agencyName(system, worst.door)}: "${needName(system, worst.need)}" (${regionWords(system, worst.when)}): ${CAUSES[worst.cause]}.`,
        ]),
    ...(best === undefined
      ? []
      : [
          `The single change that wins most: ${changeInWords(system, best.change)} (${percent(best.noWrongDoor)} instead of ${percent(report.noWrongDoor)}).`,
        ]),
  ]
  return lines.length === 0 ? '' : ['In short', ...lines.map((line) => `  ${line}`)].join('\n')
}

function needInWords(system: System, need: NeedReport, rows: number): string {
  const name = needName(system, need.need)
  if (need.met === null) return `${name}\n  never arises.`
  const head = `${name}\n  arises for ${percent(need.arises)}; ${need.met === 0 ? 'no service covers any of that' : `a service covers ${percent(need.met)} of that`}.`
  if (need.gaps.length === 0) return `${head} No gap.`
  const weighed = [...need.gaps].sort((a, b) => b.share - a.share).slice(0, rows)
  const counted = [...need.gaps].sort(bySituations).slice(0, rows)
  const line = (gap: GapReport, first: string) => `    ${first}  ${regionWords(system, gap.when)}`
  const situations = ({ situations: many }: GapReport) =>
    `${roughly(many)} ${many === '1' ? 'situation' : 'situations'}`
  const lists = weighed.every((gap, i) => gap === counted[i])
    ? [
        '  Gaps by weight, which is also their order by number of situations, without weights:',
        ...weighed.map((gap) => line(gap, `${percent(gap.share)} (${situations(gap)})`)),
      ]
    : [
        '  Gaps by weight:',
        ...weighed.map((gap) => line(gap, percent(gap.share))),
        '  Gaps by number of situations, without weights:',
        ...counted.map((gap) => line(gap, situations(gap))),
      ]
  return [`${head}${unlisted(need, rows)}`, ...lists].join('\n')
}

function unlisted({ gaps, gapsComplete }: NeedReport, rows: number): string {
  if (!gapsComplete) return ' There are more gaps than are listed.'
  return gaps.length > rows ? ` ${gaps.length - rows} smaller gaps are left out here.` : ''
}

function bySituations(a: GapReport, b: GapReport): number {
  const more = BigInt(b.situations) - BigInt(a.situations)
  return more > 0n ? 1 : more < 0n ? -1 : 0
}

const CAUSES = {
  'no-service': 'no service takes them',
  'no-pathway': 'a service would take all of them, but no way leads there',
  mixed: 'a service would take some of them, but no way leads there',
} as const

function deadEndsInWords(system: System, ends: readonly DeadEndReport[], rows: number): string {
  if (ends.length === 0) return 'Dead ends\n  none.'
  const lines = ends.slice(0, rows).map(({ door, need, when, share, cause }) => {
    const where = `${agencyName(system, door)}, ${needName(system, need)}: ${percent(share)}`
    return `  ${where}  ${regionWords(system, when)} (${CAUSES[cause]})`
  })
  return ['Dead ends, those that lose most first (shares of all in whom the need arises)', ...lines].join(
    '\n',
  )
}

function waitsInWords(system: System, { circularWaits }: Report, rows: number): string {
  if (circularWaits.length === 0) return ''
  const lines = circularWaits.slice(0, rows).map(({ need, when, share, services }) => {
    const names = services.map((id) => serviceName(system, id)).join(', ')
    return `  ${needName(system, need)}: ${percent(share)}  ${regionWords(system, when)}: each waits for the other: ${names}`
  })
  return ['Circular waits (shares of all in whom the need arises)', ...lines].join('\n')
}

function loopsInWords(system: System, { loops }: Report, rows: number): string {
  if (loops.length === 0) return ''
  const lines = loops.slice(0, rows).map(({ agencies, need, share }) => {
    const round = [...agencies, agencies[0] ?? ''].map((id) => agencyName(system, id)).join(' → ')
    return `  ${needName(system, need)}: ${percent(share)}  ${round}`
  })
  return [
    'Loops: handed from one agency to the next and never helped (shares of all in whom the need arises)',
    ...lines,
  ].join('\n')
}

function remediesInWords(system: System, report: Report): string {
  const line = ({ change, gain, noWrongDoor }: Report['remedies'][number]) =>
    `  +${points(gain)} points, to ${percent(noWrongDoor)}:  ${changeInWords(system, change)}`
  const single =
    report.remedies.length === 0
      ? []
      : [
          'What a single change would win, in points of the no-wrong-door figure',
          ...report.remedies.map(line),
        ]
  const plan =
    report.plan === undefined || report.plan.length === 0
      ? []
      : ['', 'One after the other', ...report.plan.map(line)]
  return [...single, ...plan].join('\n')
}

/** A change as a sentence. */
export function changeInWords(system: System, change: Change): string {
  switch (change.kind) {
    case 'widen':
      return `${serviceName(system, change.service)}: no longer ask about "${facetName(system, change.facet)}"${clauseWords(system, change)}`
    case 'step':
      return `${serviceName(system, change.service)}: "${facetName(system, change.facet)}" ${change.end === 'min' ? 'from' : 'up to'} ${change.to}${clauseWords(system, change)}`
    case 'set-constraint':
      return `${serviceName(system, change.service)}: ${constraintWords(facetOf(system, change.facet), change.constraint)}${clauseWords(system, change)}`
    case 'lift-after':
      return `${serviceName(system, change.service)}: do not wait for "${needName(system, change.need)}"`
    case 'allow-self-referral':
      return `${serviceName(system, change.service)}: let people come by themselves`
    case 'close-service':
      return `${serviceName(system, change.service)}: close`
    case 'set-wait':
      return `${serviceName(system, change.service)}: wait ${count(change.weeks, 'week')}`
    case 'open-pathway':
      return `let ${agencyName(system, change.from)} refer to ${placeName(system, change.to)}`
    case 'add-pathway':
      return `a ${change.by} pathway from ${agencyName(system, change.from)} to ${placeName(system, change.to)}`
    case 'remove-pathway':
      return `no pathway from ${agencyName(system, change.from)} to ${placeName(system, change.to)}`
  }
}

function clauseWords(
  system: System,
  { service, clause }: { readonly service: string; readonly clause: number },
): string {
  const found = system.services.find((one) => one.id === service)
  return found !== undefined && found.accepts.length > 1
    ? ` (in clause ${clause + 1} of ${found.accepts.length})`
    : ''
}

/** A region as a phrase: `Age up to 4; The abuse is: ongoing`. */
export function regionWords(system: System, when: Condition): string {
  const words = Object.entries(when).map(([id, constraint]) =>
    constraintWords(facetOf(system, id), constraint),
  )
  return words.length === 0 ? 'everyone' : words.join('; ')
}

function constraintWords(facet: Facet | undefined, constraint: Constraint): string {
  if (facet === undefined) return ''
  const name = facet.label ?? facet.id
  if (isList(constraint)) return listWords(facet, name, constraint)
  if ('not' in constraint) return `${name}: not ${constraint.not.join(' or ')}`
  const { min, max } = constraint
  if (min !== undefined && max !== undefined) return `${name}: ${min === max ? min : `${min} to ${max}`}`
  const only = min === undefined ? firstOf(facet) === max && max : lastOf(facet) === min && min
  if (only !== false) return `${name}: ${only}`
  return min === undefined ? `${name}: up to ${max}` : `${name}: ${min} or more`
}

function firstOf(facet: Facet): Value | undefined {
  return facet.kind === 'integer' ? facet.min : facet.values[0]
}

function lastOf(facet: Facet): Value | undefined {
  return facet.kind === 'integer' ? facet.max : facet.values.at(-1)
}

function listWords(facet: Facet, name: string, values: readonly Value[]): string {
  if (facet.kind === 'integer' || values.length <= 3 || values.length * 2 <= facet.values.length)
    return `${name}: ${values.join(' or ')}`
  const rest = facet.values.filter((value) => !values.includes(value))
  return `${name}: not ${rest.join(' or ')}`
}

function isList(constraint: Constraint): constraint is readonly Value[] {
  return Array.isArray(constraint)
}

function facetOf(system: System, id: string): Facet | undefined {
  return system.facets.find((facet) => facet.id === id)
}

/** The label of a facet, or its id. */
export function facetName(system: System, id: string): string {
  return facetOf(system, id)?.label ?? id
}

/** The label of a service, or its id. */
export function serviceName(system: System, id: string): string {
  return system.services.find((service) => service.id === id)?.label ?? id
}

function agencyName(system: System, id: string): string {
  return system.agencies.find((agency) => agency.id === id)?.label ?? id
}

function needName(system: System, id: string): string {
  return system.needs.find((need) => need.id === id)?.label ?? id
}

function placeName(system: System, id: string): string {
  const service = system.services.find((one) => one.id === id)
  return service === undefined ? agencyName(system, id) : (service.label ?? id)
}

function percent(share: number | null): string {
  if (share === null) return 'no figure'
  const hundred = share * 100
  if (hundred > 0 && hundred < 0.05) return 'under 0.1 %'
  return `${hundred.toFixed(1)} %`
}

function points(share: number): string {
  return share * 100 < 0.05 ? 'under 0.1' : (share * 100).toFixed(1)
}

function count(many: number, one: string, more = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`
}

/** A number that a person can compare at a glance; the report as JSON has every digit. */
function roughly(digits: string): string {
  if (digits.length <= 9) return grouped(digits)
  return Number(digits).toExponential(2).replace('e+', ' × 10^')
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
