import { z } from 'zod'
import file from './rule-invariants.json' with { type: 'json' }
import { basisIds, packIds, recordIds, roleIds } from './sharing.ts'

const column = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.array(z.enum(values)).min(1), z.strictObject({ anyBut: z.array(z.enum(values)).min(1) })])
    .transform((cell): readonly T[number][] =>
      Array.isArray(cell)
        ? cell
        : values.filter((value) => !(cell.anyBut as readonly string[]).includes(value)),
    )
    .optional()

/** What no table may ever let through, whatever its rows say. Columns and facts left out may be anything. */
const RuleInvariant = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  /** The same in one plain sentence. */
  says: z.string().min(1),
  /** Only of these packs; left out: of every pack. */
  packs: z.array(z.enum(packIds)).optional(),
  from: column(roleIds),
  to: column(roleIds),
  records: column(recordIds),
  bases: column(basisIds),
  when: z.array(z.string()).optional(),
  unless: z.array(z.string()).optional(),
  /** Named exceptions: where this row decides and these facts are so. */
  apart: z.array(z.strictObject({ rule: z.string(), when: z.array(z.string()) })).optional(),
  /** It may go through where this is needed first. */
  unlessNeeded: z.string().optional(),
})
export type RuleInvariant = Readonly<z.infer<typeof RuleInvariant>>

/** Every invariant, in the order of the data file. */
export const invariants: readonly RuleInvariant[] = z.array(RuleInvariant).parse(file)
