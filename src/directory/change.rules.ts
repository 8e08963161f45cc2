import type { ChangedField, Snapshot } from './change.ts'
import { addressCleaner } from './confidential.rules.ts'

/** Fields that are compared and never told: no place's address (DESIGN 6.3), and nothing that only partners see. */
const compared: ReadonlySet<string> = new Set(['places', 'contacts', 'partner_detail'])

/** What differs between two snapshots of one entry, in the order of the fields' names. */
export function changedFields(before: Snapshot, after: Snapshot): readonly ChangedField[] {
  const names = [...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])].toSorted()
  return names.flatMap((field): readonly ChangedField[] => {
    const [was, is] = [before.fields[field] ?? null, after.fields[field] ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    return compared.has(field) ? [{ field }] : [{ field, before: was, after: is }]
  })
}

/** The lines that went and the lines that came, where a field is a list; the ones that stayed are left out. */
export function listDifference(
  before: readonly string[],
  after: readonly string[],
): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  }
}

/** A reason as it is kept: it is typed by hand, and what keeps its place secret must not get an address that way either. */
export function whyKept(why: string, secret: boolean): string {
  const text = why.trim().slice(0, 500)
  return secret ? addressCleaner([], true)(text).slice(0, 500) : text
}
