import { problemLine, readCondition } from '#engine/space'

import { facets } from './facet.ts'
import { PathwayRecord, type PathwayReport } from './pathway.ts'
import type { NewPathway } from './pathway.store.ts'

/** Every name a file may use, in lower case, to our id. */
export interface KnownNames {
  readonly organizations: ReadonlyMap<string, string>
  readonly services: ReadonlyMap<string, string>
}

type Rejected = PathwayReport['rejected'][number]

/** Reads a file of pathways: a JSON list. Each record is either a pathway or rejected with its path, a rule and the mend. */
export function readPathways(
  text: string,
  known: KnownNames,
):
  | { readonly pathways: readonly NewPathway[]; readonly rejected: readonly Rejected[] }
  | { readonly refused: string } {
  const list = listIn(text)
  if (list === null)
    return { refused: 'This is no list of pathways: it must be a JSON list of { "from", "to", "kind" }.' }
  const pathways: NewPathway[] = []
  const rejected: Rejected[] = []
  for (const [at, record] of list.entries()) {
    const read = readOne(record, known)
    if ('rule' in read) rejected.push({ path: `[${at}]${read.path}`, rule: read.rule, message: read.message })
    else pathways.push(read)
  }
  return { pathways, rejected }
}

function listIn(text: string): readonly unknown[] | null {
  try {
    const json: unknown = JSON.parse(text)
    return Array.isArray(json) ? json : null
  } catch {
    return null
  }
}

function readOne(json: unknown, known: KnownNames): NewPathway | Rejected {
  const parsed = PathwayRecord.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      path: issue?.path.length ? `.${issue.path.join('.')}` : '',
      rule: 'shape',
      message: issue?.message ?? 'not a pathway',
    }
  }
  const { from, to, kind, when, replyDueDays, contact, source } = parsed.data
  const starts = known.organizations.get(from.toLowerCase())
  if (starts === undefined)
    return { path: '.from', rule: 'unknown-organisation', message: `no organisation is called ${from}` }
  const toService = known.services.get(to.toLowerCase()) ?? null
  const toOrganization = toService === null ? (known.organizations.get(to.toLowerCase()) ?? null) : null
  if (toService === null && toOrganization === null)
    return { path: '.to', rule: 'unknown-end', message: `no service or organisation is called ${to}` }
  if (toOrganization === starts)
    return { path: '.to', rule: 'to-itself', message: 'a pathway leads to somebody else' }
  const conditions = when ?? [{}]
  for (const [at, condition] of conditions.entries()) {
    const read = readCondition(facets, condition, `when[${at}]`)
    if (!read.ok) return { path: `.when[${at}]`, rule: 'condition', message: problemLine(read.problem) }
  }
  return {
    from: starts,
    toOrganization,
    toService,
    kind,
    conditions,
    replyDueDays: replyDueDays ?? null,
    contact: contact ?? '',
    source: source ?? '',
  }
}
