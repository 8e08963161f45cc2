import { z } from 'zod'

import { AnyResource, BundleIn, read } from './read.ts'

/** What is wrong with a resource: where, and which rule. Never a value. */
export interface ReadProblem {
  readonly at: string
  readonly rule: string
}

/** A resource that came in: read where we know its type, and kept whole where we do not. */
export type ReadResource =
  | { readonly ok: true; readonly known: boolean; readonly resource: AnyResource }
  | { readonly ok: false; readonly problems: readonly ReadProblem[] }

/** Deeper than that nothing of ours or of the standard's examples lies; what is deeper is refused before it is looked at. */
const deepest = 40
/** More resources than that are no referral. */
const mostEntries = 200

/**
 * Reads a resource of FHIR R4, whoever wrote it. Narrow on purpose: it checks the elements that we use. What it does not know,
 * extensions and whole resources among them, stays as it came and is written back the same.
 */
export function readResource(json: unknown): ReadResource {
  if (depthOf(json, deepest) > deepest) return wrong('', 'too-deep')
  const any = AnyResource.safeParse(json)
  if (!any.success) return problemsIn(any.error, '')
  const { resourceType } = any.data
  if (resourceType === 'Bundle') return readBundle(json)
  const schema = (read as Readonly<Record<string, z.ZodType<AnyResource> | undefined>>)[resourceType]
  if (schema === undefined) return { ok: true, known: false, resource: any.data }
  const known = schema.safeParse(json)
  return known.success ? { ok: true, known: true, resource: known.data } : problemsIn(known.error, '')
}

function readBundle(json: unknown): ReadResource {
  const bundle = BundleIn.safeParse(json)
  if (!bundle.success) return problemsIn(bundle.error, '')
  const entry = bundle.data.entry ?? []
  if (entry.length > mostEntries) return wrong('entry', 'too-many')
  const found = entry.map(({ resource }) => (resource === undefined ? null : readResource(resource)))
  const problems = found.flatMap((each, at) =>
    each === null || each.ok
      ? []
      : each.problems.map((one) => ({
          at: [`entry.${at}.resource`, one.at].filter(Boolean).join('.'),
          rule: one.rule,
        })),
  )
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, known: true, resource: bundle.data }
}

function wrong(at: string, rule: string): ReadResource {
  return { ok: false, problems: [{ at, rule }] }
}

function problemsIn(error: z.ZodError, under: string): ReadResource {
  return {
    ok: false,
    problems: error.issues.map(({ path, code }) => ({
      at: [under, ...path.map(String)].filter(Boolean).join('.'),
      rule: code,
    })),
  }
}

/** How deep a value lies, counted no further than it may. */
function depthOf(json: unknown, most: number): number {
  let row: unknown[] = [json]
  for (let depth = 0; depth <= most; depth++) {
    row = row.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    if (row.length === 0) return depth
  }
  return most + 1
}
