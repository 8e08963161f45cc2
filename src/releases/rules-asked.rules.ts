import { z } from 'zod'
import type { RuleRow, RuleTable } from './rule-table.ts'
import { holds, holdsRole } from './sharing.rules.ts'
import { basisIds, consentBases, recordIds, roleIds } from './sharing.ts'
import type { BasisId, Question, RecordId, RoleId } from './sharing.ts'

/** What the page of rules is asked; a box left open, or filled with what no table knows, is any. */
export const RulesAsked = z.object({
  from: z.enum(roleIds).nullable().catch(null).default(null),
  to: z.enum(roleIds).nullable().catch(null).default(null),
  record: z.enum(recordIds).nullable().catch(null).default(null),
  basis: z.enum(basisIds).nullable().catch(null).default(null),
})
export type RulesAsked = Readonly<z.infer<typeof RulesAsked>>

/** The rows that could speak, conditions first as they are always read. */
export function rowsAsked(table: RuleTable, { from, to, record, basis }: RulesAsked): readonly RuleRow[] {
  const fits = (row: RuleRow) =>
    (from === null || holdsRole(row.from, from)) &&
    (to === null || holdsRole(row.to, to)) &&
    (record === null || holds(row.records, record)) &&
    // A row that asks for one ground and no other speaks against every other one.
    (basis === null || row.only || holds(row.bases, basis))
  const rows = table.rows.filter(fits)
  return [...rows.filter((row) => row.part === 'condition'), ...rows.filter((row) => row.part === 'pair')]
}

/**
 * The whole question, once every box is filled. Nothing is said about a case; a ground that rests on a signature is taken
 * as signed by somebody safe, in force and listing this, since the answer would be about the paper otherwise.
 */
export function questionAsked({ from, to, record, basis }: RulesAsked): Question | null {
  if (from === null || to === null || record === null || basis === null) return null
  return { from, to, record, basis, facts: restsOnSignature(basis) ? inOrder : [] }
}

/** Whether a ground is a permission that somebody signs. */
export function restsOnSignature(basis: BasisId): boolean {
  return (consentBases as readonly BasisId[]).includes(basis)
}

const inOrder = ['release-active', 'listed', 'signer-cleared'] as const

/** A cell in words: every value, the ones named, or all but those. */
export function cellWords<T extends RoleId | RecordId | BasisId>(
  cell: 'any' | readonly T[] | { readonly anyBut: readonly T[] },
  words: {
    readonly any: string
    readonly but: (list: string) => string
    readonly one: (value: T) => string
    readonly list: (values: readonly string[]) => string
  },
): string {
  if (cell === 'any') return words.any
  if ('anyBut' in cell) return words.but(words.list(cell.anyBut.map(words.one)))
  return words.list(cell.map(words.one))
}
