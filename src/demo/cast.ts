import { z } from 'zod'
import { AccessNeeds, progressStates } from '#people'
import { type Role, roles, sectors } from '#platform/access'
import { companions, meetingWays } from '#referrals'
import castData from './cast.json' with { type: 'json' }

const day = z.int().min(0)
const role = z.custom<Role>((word) => (roles as readonly unknown[]).includes(word), 'one of the roles')

const staff = z.strictObject({
  id: z.string(),
  name: z.string(),
  job: z.string(),
  roles: z.array(role).min(1),
  /** Invited, and waiting for an administrator to compare the six words. */
  joining: z.boolean().optional(),
  /** People they know outside work: cases with these names close for them. */
  knows: z.array(z.string()).optional(),
})

const agency = z.strictObject({
  id: z.string(),
  /** The organisation's id in the directory file; null for those that offer no service. */
  organization: z.string().nullable(),
  name: z.string(),
  pack: z.enum(['uk', 'us']),
  area: z.string(),
  sector: z.enum(sectors),
  phone: z.string(),
  does: z.string(),
  mail: z.string(),
  staff: z.array(staff).min(1),
})

const card = z.strictObject({
  /** Whom the case is opened for. */
  client: z.boolean(),
  /** Empty: no name was given. */
  name: z.string(),
  role: z.enum(['survivor', 'personCausingHarm', 'child', 'other']),
  /** Who said so, and how long ago: every part in a relationship has a source. */
  roleSource: z.enum(['said-so', 'worker', 'referrer', 'court', 'other']),
  sinceDaysAgo: day,
  sayAloud: z.array(z.string()),
  note: z.string(),
})

const span = z.strictObject({
  /** 1 Monday to 7 Sunday. */
  days: z.array(z.int().min(1).max(7)),
  date: z.null(),
  from: z.string(),
  to: z.string(),
})

const way = z.strictObject({
  id: z.string(),
  channel: z.enum(['call', 'text', 'trusted-person']),
  value: z.string(),
  whoElseSees: z.enum(['nobody', 'maybe', 'yes', 'not-known']),
  zone: z.string(),
  whenever: z.boolean(),
  safe: z.array(span),
  unsafe: z.array(span),
  callAs: z.enum(['agency', 'neutral', 'first-name']),
  voicemail: z.enum(['no', 'neutral', 'ok']),
  ifSomeoneElse: z.enum(['hang-up', 'neutral-script']),
  content: z.enum(['none', 'neutral', 'ok']),
  envelope: z.enum(['no', 'plain', 'substitute-address']),
  trustedPersonRef: z.null(),
})

const contact = z.strictObject({
  nothingAtAll: z.boolean(),
  ways: z.array(way),
  nameSafeToSay: z.string().nullable(),
  language: z.string(),
  interpreter: z.strictObject({ wanted: z.boolean(), note: z.string() }).nullable(),
  verifiedDaysAgo: day,
  codeWord: z.string().nullable(),
  note: z.string(),
})

/** How soon they must hear from somebody, as it was set so many hours ago. */
const urgency = z.strictObject({
  level: z.enum(['now', 'today', 'this-week', 'no-hurry']),
  hoursAgo: z.int().min(0),
  because: z.string(),
  met: z.string().optional(),
})

const step = z.strictObject({
  daysAgo: day,
  by: z.string(),
  act: z.enum([
    'request',
    'question',
    'answer',
    'would-take',
    'accepted',
    'declined',
    'waiting',
    'tried',
    'unreached',
    'introduced',
    'agreed',
    'happened',
    'not-happened',
    'met',
    'session',
    'withdrawn',
  ]),
  words: z.string(),
  /** With a yes, a wait or an introduction: its day, counted from today; before today means that it has gone by. */
  startsInDays: z.int().optional(),
  /** Of a wait: the place in the line. */
  place: z.int().min(1).optional(),
  /** What came of a try to reach them. */
  came: z.enum(['no-answer', 'somebody-else', 'neutral-message']).optional(),
  /** Of an introduction: where, how, and who goes along. */
  where: z.string().optional(),
  way: z.enum(meetingWays).optional(),
  along: z.enum(companions).optional(),
  /** Whom to ring at an organisation without an account; it answers by the link in its mail. */
  office: z.strictObject({ name: z.string(), phone: z.string() }).optional(),
  /** Of a session: how it went, and what got in the way. */
  went: z.enum(['attended', 'moved', 'not-attended']).optional(),
  barriers: z.array(z.string()).optional(),
  /** With a no: one of the standard reasons. */
  reason: z.string().optional(),
  /** With a no: the service behind the next door. */
  next: z.string().optional(),
})

const release = z.strictObject({
  items: z.array(z.string()),
  struck: z.array(z.string()),
  purpose: z.string(),
  endsInDays: day,
  mayComeBack: z.string(),
  copy: z.string(),
})

const referral = z.strictObject({
  service: z.string(),
  steps: z.array(step).min(1),
  release: release.nullable(),
  /** An ask: details and needs, no name. */
  nameless: z.boolean().optional(),
  /** What there is for the person until somebody takes over. */
  meanwhile: z.strictObject({ what: z.string(), who: z.string() }).optional(),
  /** The ask went out while somebody was in the room. */
  withSomeone: z.boolean().optional(),
})

const wish = z.union([
  z.strictObject({
    about: z.enum(['ledBy', 'languages', 'workerGender', 'place', 'modelOfWork']),
    oneOf: z.array(z.string()),
  }),
  z.strictObject({ about: z.literal('remote'), is: z.boolean() }),
  z.strictObject({ about: z.literal('cost'), atMost: z.number() }),
])

/** What the menu must answer for one need, by the services' ids in the directory file. */
const menu = z.strictObject({
  need: z.string(),
  takes: z.array(z.string()),
  asks: z.array(z.string()),
  dependsOn: z.record(z.string(), z.array(z.string())),
  doesNotTake: z.record(z.string(), z.array(z.string())),
  why: z.string(),
})

/** What the person told, page by page. */
const told = z.strictObject({
  strengths: z.array(z.string()),
  acts: z.array(z.string()),
  pattern: z.array(z.strictObject({ fromDaysAgo: day, done: z.string(), effect: z.string() })),
  effects: z.array(z.strictObject({ done: z.string(), distress: z.string(), getsThrough: z.string() })),
  /** By the number of the need. */
  progress: z.array(
    z.strictObject({ need: z.int().min(1), state: z.enum(progressStates), words: z.string(), daysAgo: day }),
  ),
})

const person = z.strictObject({
  id: z.string(),
  deep: z.boolean(),
  title: z.string(),
  agency: z.string(),
  worker: z.string(),
  openedDaysAgo: day,
  /** How soon they must hear from somebody, and that they did. */
  urgency: urgency.optional(),
  /** What they need to take part, where somebody asked. */
  access: AccessNeeds.partial().optional(),
  /** When something is to be done; before today means late. */
  dueInDays: z.int().optional(),
  /** Closed for everybody but the worker and two privacy leads. */
  closed: z.boolean().optional(),
  /** Who knows somebody in it, and said so. */
  notFor: z.array(z.string()).optional(),
  cards: z.array(card).min(1),
  contact,
  needs: z.array(z.strictObject({ code: z.string(), words: z.string() })).min(1),
  facets: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Asked, and the person does not know. */
  notKnown: z.array(z.string()).optional(),
  /** Asked, and the person said not now. */
  notNow: z.array(z.string()).optional(),
  /** The worker of another agency whom they chose as the way to them. */
  chosen: z
    .strictObject({ name: z.string(), agency: z.string(), reach: z.string(), backup: z.string() })
    .optional(),
  /** Whom to be careful of, in the person's words. */
  careful: z
    .strictObject({ afraidOf: z.string(), safeToTalkTo: z.string(), notSafeToTalkTo: z.string() })
    .optional(),
  /** Whose situation the facets tell, where it is not the client's. */
  situationOf: z.string().optional(),
  told: told.optional(),
  wishes: z.array(wish),
  notes: z.array(z.strictObject({ daysAgo: day, words: z.string() })),
  earlierAnswers: z.array(
    z.strictObject({
      service: z.string(),
      daysAgo: day,
      answer: z.enum(['declined', 'held']),
      threshold: z.string(),
      words: z.string(),
    }),
  ),
  referrals: z.array(referral),
  menu: z.array(menu),
  comment: z.string(),
})

export type CastAgency = Readonly<z.infer<typeof agency>>
export type CastReferral = Readonly<z.infer<typeof referral>>
export type CastPerson = Readonly<z.infer<typeof person>>

/** The invented agencies, staff and people of the demo world, checked on reading. */
export const cast = z
  .strictObject({
    from: z.string(),
    areas: z.array(
      z.strictObject({ id: z.string(), name: z.string(), pack: z.enum(['uk', 'us']), law: z.string() }),
    ),
    agencies: z.array(agency),
    people: z.array(person),
  })
  .readonly()
  .parse(castData)

export type Cast = typeof cast
