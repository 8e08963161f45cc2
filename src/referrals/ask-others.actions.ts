import { randomUUID } from 'node:crypto'

import { isListed, serviceById, type ServiceDetail, type ServiceSummary } from '#directory'
import { pinsOf } from '#parties'
import { menuFor, mustStayApart } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { judge, nameToUse, roleOf, type Verdict } from '#releases'

import type { Ask } from './letter.ts'
import { dueFor } from './reply-time.actions.ts'
import type { ReplyLevel } from './reply-time.ts'
import type { Desk } from './sending.actions.ts'
import { facetsAsked } from './sending.rules.ts'
import { alreadyBegun, startAndSend } from './thread.actions.ts'
import type { Contact } from './thread.ts'

/** So many others are offered; four of them can be asked beside the first. */
const mostOffered = 8

/** Partners' services for the same needs that say yes to the picture, or want to be asked: each can be asked as well. */
export async function othersToAsk(
  db: Tx,
  actor: Actor,
  { file, context }: Desk,
  first: Pick<ServiceSummary, 'id' | 'needs'>,
): Promise<readonly ServiceSummary[]> {
  const pinned = new Set((await pinsOf(db, actor.partyId)).map((pin) => pin.partner_id))
  const menu = await menuFor(db, {
    situation: file.situation,
    wishes: file.wishes.list,
    pack: actor.pack,
    need: first.needs,
    harmNamed: file.personsCausingHarm.length > 0,
  })
  const found = [...menu.takes, ...menu.asks].map((entry) => entry.service)
  return found
    .filter(
      (service) =>
        service.id !== first.id &&
        isListed(service) &&
        service.partyId !== null &&
        pinned.has(service.partyId) &&
        service.sector !== 'abuse-intervention' &&
        !mustStayApart(file, service) &&
        mayAsk(context.rules, actor, service).outcome === 'allow',
    )
    .slice(0, mostOffered)
}

/** What the rules say to a question about nobody, put to a service of this sector. */
export function mayAsk(
  rules: Desk['context']['rules'],
  actor: Actor,
  service: Pick<ServiceSummary, 'sector'>,
): Verdict {
  return judge(rules, {
    from: roleOf(actor.sector),
    to: roleOf(service.sector),
    record: 'R0',
    basis: 'AGG',
    facts: ['names-nobody'],
  })
}

/** What is asked of every service; each hears only those details that it asks about itself. */
export interface AskingFromCase {
  readonly facets: Ask['facets']
  readonly needs: readonly string[]
  readonly withSomeone: boolean
  readonly ringBack: Contact
  readonly notFor: readonly string[]
  readonly level: ReplyLevel
  readonly zone: string
  /** The id of the first thread: a form that arrives again finds what it began. */
  readonly once?: string | undefined
}

/** Asks the first service, and the others beside it, from the case. Gives the thread of the first; null where it was refused. */
export async function askFromCase(
  db: Tx,
  actor: Actor,
  desk: Desk,
  services: readonly [ServiceDetail, ...ServiceSummary[]],
  asking: AskingFromCase,
): Promise<string | null> {
  const { once } = asking
  if (once !== undefined && (await alreadyBegun(db, actor, once))) return once
  const together = services.length > 1 ? randomUUID() : null
  const [first, ...others] = services
  const threadId = await askOne(db, actor, desk, first, asking, asking.facets, together, once)
  if (threadId === null) return null
  for (const other of others) {
    const detail = await serviceById(db, other.id)
    if (detail === null) continue
    const wanted = facetsAsked(detail)
    const facets = Object.fromEntries(Object.entries(asking.facets).filter(([id]) => wanted.has(id)))
    await askOne(db, actor, desk, detail, asking, facets, together)
  }
  return threadId
}

async function askOne(
  db: Tx,
  actor: Actor,
  desk: Desk,
  service: ServiceDetail,
  asking: AskingFromCase,
  facets: Ask['facets'],
  together: string | null,
  id?: string,
): Promise<string | null> {
  const { needs, withSomeone, ringBack, notFor, level, zone } = asking
  const toParty = service.partyId ?? ''
  const dueAt = await dueFor(db, actor, { kind: 'ask', level, toParty, zone })
  const sent = await startAndSend(
    db,
    actor,
    {
      id,
      kind: 'ask',
      toParty,
      serviceId: service.id,
      serviceName: service.name,
      ofCase: desk.key,
      comesBack: 'outcome',
      dueAt,
      body: { who: nameToUse(desk.file), ...(together === null ? {} : { together }) },
    },
    {
      kind: 'ask',
      body: {
        about: 'ask',
        service: { id: service.id, name: service.name },
        facets,
        needs: [...needs],
        withSomeone,
        ringBack,
      },
      notFor,
    },
  )
  return 'refused' in sent ? null : sent.threadId
}
