import { z } from 'zod'
import { packIds, roleIds } from './sharing.ts'

/** Whom an advocate's privilege covers, as far as a pack knows. */
const privilege = z.strictObject({
  protects: z.boolean(),
  /** It is lost where one of these employs or supervises the advocate. */
  notSupervisedBy: z.array(z.enum(roleIds)),
  trainingHours: z.int().min(0).max(1000),
  certified: z.boolean(),
  /** A supervisor of direct services at a domestic abuse agency is needed. */
  ownSupervisor: z.boolean(),
})

/** A time from the day on which somebody asked. */
const fromAsking = z.strictObject({ months: z.int().min(0).max(12), days: z.int().min(0).max(365) })

const yesNo = z.boolean()
const age = z.int().min(0).max(18)
const days = z.int().min(1).max(365)
const roles = z.array(z.enum(roleIds))

/**
 * Every question that a pack can answer about the law of a state or nation. `strictest` is what counts while the answer is not set
 * or no pack is loaded; `for` says in which country the question is asked.
 */
export const lawFields = {
  /** From which age somebody may agree alone to their own advocacy, and to telling others of it. */
  'minor-advocacy-age': { value: age, strictest: 18, for: ['us'] },
  /** The same for their own mental-health care. */
  'minor-mental-health-age': { value: age, strictest: 18, for: ['us'] },
  /** Whether a domestic violence release of a minor always wants a parent's or guardian's signature too. */
  'minor-release-with-parent': { value: yesNo, strictest: true, for: ['us'] },
  /** Who must report a concern about a child; nobody is presumed to. */
  'mandated-reporters': { value: roles, strictest: [], for: ['us'] },
  'report-to': { value: roles, strictest: [], for: ['us'] },
  /** Hours in which a report is due; 0 is at once. */
  'report-clock-hours': { value: z.int().min(0).max(720), strictest: 0, for: ['us'] },
  /** Whether child welfare can be asked about a situation without names first. */
  'asking-without-names': { value: yesNo, strictest: false, for: ['us'] },
  /** Whether it is a ground to report that a child was near abuse of somebody else, and nothing more. */
  'exposure-is-ground': { value: yesNo, strictest: false, for: ['us'] },
  /** Whether a health service may report an adult's injury that the adult does not want reported. */
  'injury-report': { value: yesNo, strictest: false, for: ['us'] },
  /** Whether records such as those on HIV or reproductive care may be shared at all. */
  'special-records': { value: yesNo, strictest: false, for: ['us'] },
  /** Whether child welfare may tell services what they need to know. */
  'child-welfare-may-tell': { value: yesNo, strictest: false, for: ['us'] },
  'advocate-privilege': {
    value: privilege,
    strictest: {
      protects: false,
      notSupervisedBy: [...roleIds],
      trainingHours: 0,
      certified: true,
      ownSupervisor: true,
    },
    for: ['us'],
  },
  /** The longest and the usual length of a release by a domestic abuse service. */
  'release-cap-days': { value: days, strictest: 30, for: ['us', 'uk'] },
  'release-default-days': { value: days, strictest: 14, for: ['us', 'uk'] },
  /** Whether words read out and agreed to aloud may stand for a signature. */
  'spoken-agreement': { value: yesNo, strictest: false, for: ['us', 'uk'] },
  'renewal-by-telephone': { value: yesNo, strictest: false, for: ['us', 'uk'] },
  /** Whether the person gets a copy of what was told, when they ask. */
  'copy-on-request': { value: yesNo, strictest: true, for: ['us', 'uk'] },
  /** The time in which somebody's request for their own file has to be answered; nothing is the day itself. */
  'access-answer-time': { value: fromAsking, strictest: { months: 0, days: 0 }, for: ['us', 'uk'] },
  /** Whether the form has to say that it waives no other privilege. */
  'not-a-waiver-line': { value: yesNo, strictest: true, for: ['us'] },
  /** Whether the person has to be told, and steps taken, when a law compels. */
  'notify-if-compelled': { value: yesNo, strictest: true, for: ['us', 'uk'] },
  /** Whether somebody can sign a release for after their death. */
  'after-death-release': { value: yesNo, strictest: false, for: ['us', 'uk'] },
  /** Whether anything may be shared against the person's wish or without asking, and by which test. */
  'sharing-without-agreement': {
    value: z.enum(['never', 'layered-test']),
    strictest: 'never',
    for: ['uk', 'us'],
  },
  /** Whether such a decision wants a second person before anything goes. */
  'second-person': { value: yesNo, strictest: true, for: ['uk'] },
  /** Whether a child who sees, hears or lives with abuse is a victim in their own right. */
  'child-in-own-right': { value: yesNo, strictest: true, for: ['uk'] },
} as const satisfies Readonly<
  Record<string, { value: z.ZodType; strictest: unknown; for: readonly (typeof packIds)[number][] }>
>
export type LawFieldId = keyof typeof lawFields
export type LawValue<F extends LawFieldId> = z.infer<(typeof lawFields)[F]['value']>

/** The ids of every question, in the order in which they are shown. */
export const lawFieldIds = Object.keys(lawFields) as readonly LawFieldId[]

/** One answer as a file has it; null is *not set*. An answer names its place in the law and where it was read. */
const field = z
  .strictObject({
    value: z.json(),
    citation: z.string().min(1).nullable(),
    source: z.string().min(1).nullable(),
    note: z.string().min(1).optional(),
    owner: z.string().min(1),
    reviewedOn: z.iso.date(),
    reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
  })
  .refine((each) => each.value === null || (each.citation !== null && each.source !== null), {
    error: 'a value needs its citation and its source; without them write null, which is *not set*',
  })
export type LawField = Readonly<z.infer<typeof field>>

/** The pack of one state or nation, as its file has it: `us-wa`, `uk-eng`. Fields left out are not set. */
export const LawPack = z.strictObject({
  id: z
    .string()
    .regex(/^(uk|us)-[a-z0-9]{2,8}$/, 'must be uk- or us- and two to eight small letters, as us-wa'),
  name: z.string().min(1).max(60),
  version: z.string().min(1).max(40),
  note: z.string().min(1),
  reviewBy: z.iso.date(),
  sources: z.record(
    z.string(),
    z.strictObject({
      title: z.string().min(1),
      standing: z.enum(['seen', 'seen-in-part', 'unverified', 'design']),
    }),
  ),
  fields: z.record(z.string(), field),
})
export type LawPack = Readonly<z.infer<typeof LawPack>>
