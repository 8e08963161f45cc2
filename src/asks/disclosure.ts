import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

/** One time that something about a person left this agency, in the words that the person is shown. */
export interface Disclosure {
  readonly at: Date
  /** The agency that got it, by name. */
  readonly to: string
  /** What went, thing by thing, without what each says. */
  readonly what: readonly string[]
  /** Why it could be: a permission and what it was for, or another legal ground. */
  readonly ground: string
  /** Null: it still opens, with no end set. */
  readonly endsAt: Date | null
  /** Whether the recipient can still open it here; null for a copy that went for good. */
  readonly opens: boolean | null
}

/** What one kind of ground let out of a case. Each room that shares on a ground of its own gives one. */
export type DisclosureSource = (
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
) => Promise<readonly Disclosure[]>

/** Everything that left a case, on whatever ground, newest first. */
export async function disclosuresOf(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
  sources: readonly DisclosureSource[],
): Promise<readonly Disclosure[]> {
  const all: Disclosure[] = []
  for (const source of sources) all.push(...(await source(db, actor, t, file)))
  return all.toSorted((a, b) => b.at.getTime() - a.at.getTime())
}
