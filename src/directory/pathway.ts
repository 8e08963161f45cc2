import { z } from 'zod'

/** How a person is handed on: the worker goes along, the agency refers, or the person is told where to go. */
export const pathwayKinds = ['warm', 'referral', 'signpost'] as const
export type PathwayKind = (typeof pathwayKinds)[number]

/** A pathway as the list shows it. */
export interface PathwayRow {
  readonly id: string
  readonly fromName: string
  readonly toName: string
  readonly toIsService: boolean
  readonly kind: PathwayKind
  readonly conditions: readonly unknown[]
  readonly replyDueDays: number | null
  readonly contact: string
  readonly source: string
  readonly since: Date | null
}

/** One pathway of an import file: `id` is the file's own and may be left out; `from` and `to` are ids, source ids or exact names of organisations; `to` may be a service. */
export const PathwayRecord = z.strictObject({
  id: z.string('id must be a text').min(1, 'id is empty').max(200).optional(),
  from: z.string('from must name an organisation').min(1, 'from must name an organisation'),
  to: z
    .string('to must name a service or an organisation')
    .min(1, 'to must name a service or an organisation'),
  kind: z.enum(pathwayKinds, 'kind must be warm, referral or signpost'),
  when: z.array(z.record(z.string(), z.unknown())).optional(),
  replyDueDays: z.int('replyDueDays must be a whole number of days').min(0).max(365).optional(),
  contact: z.string().max(200).optional(),
  source: z.string().max(500).optional(),
})
export type PathwayRecord = z.infer<typeof PathwayRecord>

/** A pathway to open, with our own ids. */
export interface NewPathway {
  /** The id that the file gives it: the same id later is the same pathway. */
  readonly sourceId: string | null
  readonly from: string
  readonly toOrganization: string | null
  readonly toService: string | null
  readonly kind: PathwayKind
  readonly conditions: readonly unknown[]
  readonly replyDueDays: number | null
  readonly contact: string
  readonly source: string
}
