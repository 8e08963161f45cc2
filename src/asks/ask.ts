import { z } from 'zod'

const words = z.string().trim().max(2000)

/** How somebody asked. */
export const askedHow = ['spoken', 'telephone', 'writing', 'somebody-trusted'] as const

/** Why something is left out of a file, or why a third party's words are in it after all. */
export const leftOutGrounds = ['third-party', 'privilege', 'sealed', 'harm'] as const

/** One decision about one entry of a pack. */
const FilePick = z.strictObject({
  key: z.string().max(120),
  /** In, although it tells of somebody else: the reason. */
  inBecause: z.string().trim().max(500),
  /** Out, although it would be in: the ground. */
  outFor: z.enum(leftOutGrounds).nullable(),
})
export type FilePick = Readonly<z.infer<typeof FilePick>>

export const FileAsk = z.strictObject({
  kind: z.literal('file'),
  how: z.enum(askedHow),
  /** The card of the person whose file it is. */
  who: z.string().max(60),
  rule: z.string().max(60),
  picks: z.array(FilePick).max(500),
  given: z.array(z.strictObject({ how: z.enum(['show', 'print', 'data']), at: z.iso.datetime() })).max(100),
})

/** The parts of a case that can be wrong. */
export const correctable = ['name', 'contact', 'needs', 'details', 'wishes', 'notes', 'other'] as const

export const CorrectionAsk = z.strictObject({
  kind: z.literal('correction'),
  how: z.enum(askedHow),
  part: z.enum(correctable),
  says: words,
  should: words,
  answer: z.strictObject({ agreed: z.boolean(), reason: words }).nullable(),
  /** What the person says where the agency keeps its words: it stays beside them. */
  statement: words,
  told: z
    .array(z.strictObject({ release: z.uuid(), agency: z.string().max(200), at: z.iso.datetime() }))
    .max(50),
})

export const AskBody = z.discriminatedUnion('kind', [FileAsk, CorrectionAsk])
export type AskBody = Readonly<z.infer<typeof AskBody>>
export type FileBody = Readonly<z.infer<typeof FileAsk>>
export type CorrectionBody = Readonly<z.infer<typeof CorrectionAsk>>

/** An ask as whoever may see the case reads it. */
export interface StoredAsk<B extends AskBody = AskBody> {
  readonly id: string
  readonly caseId: string
  readonly state: 'open' | 'answered'
  readonly askedAt: Date
  readonly dueAt: Date | null
  readonly answeredAt: Date | null
  readonly version: number
  readonly body: B
}
