import { problemLine, readCondition } from '#engine/space'

import { facets } from './facet.ts'
import type { Problem, RecordReport } from './import.ts'
import { PathwayRecord, type NewPathway } from './pathway.ts'

/** Names a file may use, in lower case, to our ids; a name that several bear leads to all of them. */
export type Names = ReadonlyMap<string, readonly string[]>

export interface KnownNames {
  readonly organizations: Names
  readonly services: Names
}

/** One record of a file after reading; what is imported carries the pathway to open. */
export interface ReadPathway extends RecordReport {
  readonly pathway: NewPathway | null
}

/**
 * Reads a file of pathways: a JSON list, or a system file with its `pathways`. Every record is imported, imported with
 * warnings, held where a name fits several, or rejected, with its place, a rule and the mend.
 */
export function readPathways(
  text: string,
  known: KnownNames,
): { readonly records: readonly ReadPathway[] } | { readonly refused: string } {
  const file = fileIn(text)
  if (file === null)
    return {
      refused:
        'This is no list of pathways: it must be a JSON list of { "from", "to", "kind" }, or a system file with "pathways".',
    }
  const seen = new Map<string, string>()
  const records = file.list.map((json, at) => {
    const path = `${file.place}[${at}]`
    const read = readOne(json, known, file.labels, path)
    return read.pathway === null ? read : withTwins(read, read.pathway, seen)
  })
  return { records }
}

interface PathwayFile {
  readonly list: readonly unknown[]
  readonly place: string
  /** What a system file calls its agencies and services, by its own ids in lower case. */
  readonly labels: ReadonlyMap<string, string>
}

function fileIn(text: string): PathwayFile | null {
  try {
    const json: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
    if (Array.isArray(json)) return { list: json, place: '', labels: new Map() }
    if (typeof json !== 'object' || json === null || !('pathways' in json)) return null
    const { pathways } = json
    if (!Array.isArray(pathways)) return null
    const labels = new Map<string, string>()
    for (const list of ['agencies', 'services'] as const)
      noteLabels((json as Record<string, unknown>)[list], labels)
    return { list: pathways, place: 'pathways', labels }
  } catch {
    return null
  }
}

function noteLabels(list: unknown, labels: Map<string, string>): void {
  for (const item of Array.isArray(list) ? list : []) {
    const { id, label } = (item ?? {}) as { readonly id?: unknown; readonly label?: unknown }
    if (typeof id === 'string' && typeof label === 'string') labels.set(id.toLowerCase(), label)
  }
}

function readOne(json: unknown, known: KnownNames, labels: PathwayFile['labels'], path: string): ReadPathway {
  const parsed = PathwayRecord.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const at = issue?.path.length ? `.${issue.path.join('.')}` : ''
    return out(path, '', 'rejected', [problem('shape', path + at, issue?.message ?? 'not a pathway')])
  }
  const { id = '', from, to, kind, when, replyDueDays, contact, source } = parsed.data
  const starts = idsOf(known.organizations, labels, from)
  const services = idsOf(known.services, labels, to)
  const ends = services.length > 0 ? services : idsOf(known.organizations, labels, to)
  const wrong = [...wrongEnds(path, { from, starts, to, ends }), ...wrongWhen(path, when ?? [{}])]
  const stops = wrong.filter((one) => one.rule !== 'beyond-limits')
  const rejects = stops.some((one) => one.rule !== 'several-names')
  if (stops.length > 0) return out(path, id, rejects ? 'rejected' : 'held', wrong)
  const [end = ''] = ends
  const pathway: NewPathway = {
    sourceId: id === '' ? null : id,
    from: starts[0] ?? '',
    toOrganization: services.length > 0 ? null : end,
    toService: services.length > 0 ? end : null,
    kind,
    conditions: when ?? [{}],
    replyDueDays: replyDueDays ?? null,
    contact: contact ?? '',
    source: source ?? '',
  }
  const outcome = wrong.length > 0 ? 'imported-with-warnings' : 'imported'
  return { ...out(path, id, outcome, wrong), pathway }
}

/** By the file's own word for it, or by what a system file says that this id is called. */
function idsOf(names: Names, labels: PathwayFile['labels'], word: string): readonly string[] {
  const own = names.get(word.toLowerCase())
  if (own !== undefined) return own
  return names.get((labels.get(word.toLowerCase()) ?? '').toLowerCase()) ?? []
}

function wrongEnds(
  path: string,
  given: {
    readonly from: string
    readonly starts: readonly string[]
    readonly to: string
    readonly ends: readonly string[]
  },
): readonly Problem[] {
  const { from, starts, to, ends } = given
  const found: Problem[] = []
  if (starts.length === 0)
    found.push(problem('unknown-organisation', `${path}.from`, `no organisation is called ${from}`))
  if (starts.length > 1)
    found.push(
      problem(
        'several-names',
        `${path}.from`,
        `${starts.length} organisations are called ${from}: give its id`,
      ),
    )
  if (ends.length === 0)
    found.push(problem('unknown-end', `${path}.to`, `no service or organisation is called ${to}`))
  if (ends.length > 1)
    found.push(problem('several-names', `${path}.to`, `${ends.length} are called ${to}: give its id`))
  if (starts.length === 1 && ends.length === 1 && starts[0] === ends[0])
    found.push(problem('to-itself', `${path}.to`, 'a pathway leads to somebody else'))
  return found
}

/** Conditions that cannot be read stop a record; bounds beyond a facet's limits are taken to the limit and said. */
function wrongWhen(path: string, conditions: readonly unknown[]): readonly Problem[] {
  if (conditions.length === 0)
    return [problem('condition', `${path}.when`, 'holds for nobody: leave it out, or give one condition')]
  return conditions.flatMap((condition, at) => {
    const place = `${path}.when[${at}]`
    const read = readCondition(facets, condition, place)
    if (!read.ok) return [problem('condition', read.problem.place, problemLine(read.problem))]
    return read.warnings.map((line) => problem('beyond-limits', place, line))
  })
}

/** A record whose id or content stands further up too: the one further up is what counts first. */
function withTwins(read: ReadPathway, pathway: NewPathway, seen: Map<string, string>): ReadPathway {
  const { sourceId, from, toOrganization, toService, kind, conditions } = pathway
  if (sourceId !== null) {
    const key = `id ${sourceId.toLowerCase()}`
    const first = seen.get(key)
    if (first !== undefined)
      return out(read.path, read.id, 'rejected', [
        problem('id-twice', `${read.path}.id`, `${first} has the same id: give each pathway its own`),
      ])
    seen.set(key, read.path)
  }
  const key = JSON.stringify([from, toOrganization, toService, kind, conditions])
  const first = seen.get(key)
  seen.set(key, first ?? read.path)
  if (first === undefined) return read
  const twice = problem('twice', read.path, `${first} says the same: one pathway is opened`)
  return { ...read, outcome: 'imported-with-warnings', problems: [...read.problems, twice] }
}

function problem(rule: string, at: string, message: string): Problem {
  return { rule, at, message }
}

function out(
  path: string,
  id: string,
  outcome: RecordReport['outcome'],
  problems: readonly Problem[],
): ReadPathway {
  return { path, id, outcome, problems, pathway: null }
}
