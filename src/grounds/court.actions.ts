import { notesOf, placeHold } from '#people'
import { plansOf } from '#plans'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { packField, rulesFor } from '#releases'

import type { Court, GoneItem } from './court.ts'
import { type CourtAct, courtAfter, courtFacts, locksExport } from './court.rules.ts'
import { beginGround, type GroundDesk, groundDesk, groundsIn, stepGround } from './ground.actions.ts'
import type { GroundAt, GroundRefusal, StoredGround } from './ground.ts'
import { type CaseItem, caseItems, ruleOfPaper, verdictByOrder } from './items.rules.ts'

/** The most notes of a case that an order can name one by one. */
const notesNamed = 200

/** Writes down that a paper came. From this moment the case's export is locked, and nothing of it is destroyed. */
export async function receivePaper(
  db: Tx,
  actor: Actor,
  caseId: string,
  request: Court['request'],
): Promise<{ readonly id: string } | { readonly refused: 'missing' }> {
  const desk = await groundDesk(db, actor, caseId)
  if (desk === null) return { refused: 'missing' }
  // A demand is pending: nothing of the case is destroyed until somebody lifts the hold. One that is there already stays.
  await placeHold(db, actor, caseId, { ground: 'court', reason: request.from })
  const rules = rulesFor(actor)
  const [rule = ''] = ruleOfPaper(rules, actor.sector).rules
  return beginGround(db, actor, desk.key, {
    kind: 'court',
    rulesVersion: rules.version,
    rule,
    request,
    received: desk.done,
    counsel: null,
    told: null,
    objection: null,
    order: null,
    ended: null,
    gone: null,
  })
}

/** One step of a paper, other than sending. */
export async function stepCourt(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  act: Exclude<CourtAct, { readonly act: 'send' }>,
): Promise<GroundRefusal | null> {
  const done = await stepGround(db, actor, at, ({ body }, desk) => {
    if (body.kind !== 'court') return { refused: 'missing' }
    const after = courtAfter(body, act, desk.done)
    return 'refused' in after ? after : { body: after, what: `court-${act.act}` }
  })
  return 'refused' in done ? done : null
}

/** An item that the order names, and what the rule table says to it now. */
export interface OrderedItem extends CaseItem {
  readonly goes: boolean
  readonly rules: readonly string[]
}

/** What the order names of what the case holds now, item by item. Only these can go. */
export async function orderedItems(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Pick<GroundDesk, 'file' | 'key'>,
  court: Court,
): Promise<readonly OrderedItem[]> {
  const { order } = court
  if (order === null) return []
  const rules = rulesFor(actor)
  const about = { sector: actor.sector, to: order.recipient.role, facts: courtFacts(court) }
  return (await itemsOf(db, actor, t, desk))
    .filter((item) => order.items.includes(item.key))
    .map((item) => {
      const verdict = verdictByOrder(rules, about, item.record)
      return { ...item, goes: verdict.outcome === 'allow', rules: verdict.rules }
    })
}

/** Everything of a case that an order can name. */
export async function itemsOf(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Pick<GroundDesk, 'file' | 'key'>,
): Promise<readonly CaseItem[]> {
  const { safety } = await plansOf(db, desk.key)
  const notes = await notesOf(db, desk.key, notesNamed)
  return caseItems(t, desk.file, notes, actor.sector, safety?.value ?? null)
}

/**
 * Makes the copy that goes by the order: the chosen ones of what it names, as they are now, word for word. Whatever the order
 * does not name, or the table does not let go, is refused as a whole: nothing goes by half.
 */
export async function sendByOrder(
  db: Tx,
  actor: Actor,
  t: Words,
  at: GroundAt,
  chosen: readonly string[],
): Promise<GroundRefusal | null> {
  const desk = await groundDesk(db, actor, at.caseId)
  if (desk === null) return { refused: 'missing' }
  const held = await groundsIn(db, desk.key)
  const body = held.find((ground) => ground.id === at.id)?.body
  if (body?.kind !== 'court') return { refused: 'missing' }
  const items = await orderedItems(db, actor, t, desk, body)
  const must = packField(rulesFor(actor).law, 'notify-if-compelled').value
  const going = chosen.map((key) => items.find((item) => item.key === key && item.goes))
  if (going.includes(undefined)) return { refused: 'rule', rule: 'court-2' }
  const gone: readonly GoneItem[] = going.flatMap((item) =>
    item === undefined ? [] : [{ key: item.key, title: item.title, text: item.text, rules: [...item.rules] }],
  )
  const done = await stepGround(db, actor, at, (ground, { done: now }) => {
    if (ground.body.kind !== 'court') return { refused: 'missing' }
    const to = ground.body.order?.recipient.name ?? ''
    const after = courtAfter(ground.body, { act: 'send', items: gone, to, mustTell: must }, now)
    return 'refused' in after ? after : { body: after, what: 'court-send' }
  })
  if ('refused' in done) return done
  const rules = [...new Set(gone.flatMap((item) => item.rules))]
  await record(db, actor, {
    kind: 'ground.shared',
    of: desk.key,
    detail: { ground: at.id, what: 'court', items: gone.length, rules },
  })
  return null
}

/** The paper that locks a case's export now; null when none does. */
export async function lockingPaper(db: Tx, desk: Pick<GroundDesk, 'key'>): Promise<StoredGround | null> {
  const all = await groundsIn(db, desk.key)
  return all.find(({ body }) => body.kind === 'court' && locksExport(body)) ?? null
}
