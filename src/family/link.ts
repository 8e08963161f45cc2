import { roleSources } from '#people'
import { z } from 'zod'

/** What the person of the other file is to the person of this one. */
export const relations = ['parent', 'child', 'sibling', 'carer', 'cared-for', 'other'] as const
export type Relation = (typeof relations)[number]

/** One side of a link, sealed in its file: the other file, its side of the link, who that person is here, who says so. */
export const LinkBody = z.object({
  other: z.uuid(),
  mirror: z.uuid(),
  relation: z.enum(relations),
  source: z.enum(roleSources),
  since: z.string().max(10),
  /** The card in this file that stands for the same person, where there is one. */
  card: z.uuid().nullable(),
})
export type LinkBody = Readonly<z.infer<typeof LinkBody>>

export interface Link extends LinkBody {
  readonly id: string
}

/** More links than that on one file are refused: every reading of a file does the work of so many, whether they are there or not. */
export const mostLinks = 12
