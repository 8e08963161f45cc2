import { randomUUID } from 'node:crypto'

import { isListed, type ServiceDetail, serviceById, type ServiceSummary } from '#directory'
import { familyOf } from '#family'
import { type CaseFile, mustStayApart, nameOf, openFile, readFile, subjectOf } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { type Desk, firstDraft, openDesk, partnerServices } from '#referrals'
import { isAboutAChild, type KeptRelease, startDraft } from '#releases'

import { actRefused, causesHarm, type NoAct } from './pick.rules.ts'
import { mostSteps, mostTies } from './step.ts'
import { insertStep, stepsOf } from './step.store.ts'
import { familyFile } from './tie.actions.ts'
import { insertTie, tiesOf } from './tie.store.ts'

/** Somebody of the family who has a file of their own that the reader may see, whoever the file of the address is for first. */
export interface Person {
  readonly caseId: string
  readonly name: string
  readonly child: boolean
  readonly file: CaseFile
}

/** Who can be helped in one act from this file: never whoever causes harm, and nobody without a file of their own. */
export async function peopleFor(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<readonly Person[]> {
  const family = await familyOf(db, actor, file)
  const people = [personOf(t, file)]
  for (const { glimpse, ended } of family.relatives) {
    if (ended) continue
    people.push(personOf(t, await readFile(db, glimpse)))
    await record(db, actor, { kind: 'case.read', of: glimpse.key, detail: { case: glimpse.row.id } })
  }
  const files = people.map((each) => familyFile(each.file.cards))
  return people.filter((each) => !causesHarm(subjectOf(each.file.cards), files))
}

/** Services that any of them can be sent to: none that brings people together with whoever causes harm, while abuse is marked in one file. */
export async function servicesFor(
  db: Tx,
  actor: Actor,
  people: readonly Person[],
): Promise<readonly ServiceSummary[]> {
  const [first] = people
  if (first === undefined) return []
  const services = await partnerServices(db, actor.partyId, first.file)
  return services.filter((service) => people.every(({ file }) => !mustStayApart(file, service)))
}

/** What was chosen for one person. */
export interface Wish {
  readonly caseId: string
  readonly service: string
  readonly joint: boolean
}

interface Prepared {
  readonly wish: Wish
  readonly desk: Desk
  readonly kept: KeptRelease
}

/**
 * One act for several people: a draft of its own in each one's own file, made from nothing but that file, and a step beside it.
 * Nothing is sent. Refused, nothing was written.
 */
export async function beginAct(
  db: Tx,
  actor: Actor,
  t: Words,
  caseId: string,
  wishes: readonly Wish[],
): Promise<{ readonly act: string } | NoAct> {
  const file = await openFile(db, actor, caseId)
  if (file === null) return { refused: 'no-case', who: caseId }
  const people = await peopleFor(db, actor, t, file)
  const desks = new Map<string, Desk>()
  // Always in the same order, so that two acts at once do not wait for each other.
  for (const id of [...new Set(wishes.map((wish) => wish.caseId))].toSorted()) {
    const desk = people.some((each) => each.caseId === id) ? await openDesk(db, actor, id) : null
    if (desk === null) return { refused: 'no-case', who: id }
    desks.set(id, desk)
  }
  const prepared = await prepare(db, actor, t, { people, desks, wishes })
  if ('refused' in prepared) return prepared
  const keys = [...desks.values()].map((desk) => desk.key)
  const full = await fullFile(db, actor, keys)
  if (full !== null) return full
  const act = randomUUID()
  const dyads = new Map<string, string>()
  for (const { wish, desk, kept } of prepared) {
    const draft = await startDraft(db, actor, desk.key, kept)
    if (wish.joint && !dyads.has(wish.service)) dyads.set(wish.service, randomUUID())
    const dyad = wish.joint ? (dyads.get(wish.service) ?? null) : null
    const service = { id: wish.service, name: kept.service.name }
    const body = {
      act,
      release: draft.id,
      thread: null,
      service,
      dyad,
      wait: null,
      view: null,
      why: '',
      beside: [],
    }
    await insertStep(db, desk.key, { id: randomUUID(), waits: false, body })
    await record(db, actor, { kind: 'case.changed', of: desk.key, detail: { what: 'release' } })
  }
  await tieAll(db, keys)
  return { act }
}

async function prepare(
  db: Tx,
  actor: Actor,
  t: Words,
  at: {
    readonly people: readonly Person[]
    readonly desks: ReadonlyMap<string, Desk>
    readonly wishes: readonly Wish[]
  },
): Promise<readonly Prepared[] | NoAct> {
  const services = new Map<string, ServiceDetail>()
  for (const { service: id } of at.wishes) {
    const service = await serviceById(db, id)
    if (service !== null && isListed(service)) services.set(id, service)
  }
  const files = at.people.map((each) => familyFile(each.file.cards))
  const refused = actRefused(
    at.wishes.map((wish) => {
      const person = at.people.find((each) => each.caseId === wish.caseId)
      const service = services.get(wish.service)
      return {
        ...wish,
        child: person?.child ?? false,
        harm: person === undefined || causesHarm(subjectOf(person.file.cards), files),
        apart: service !== undefined && at.people.some((each) => mustStayApart(each.file, service)),
      }
    }),
  )
  if (refused !== null) return refused
  const open = new Set((await servicesFor(db, actor, at.people)).map((service) => service.id))
  const prepared: Prepared[] = []
  for (const wish of at.wishes) {
    const [desk, service] = [at.desks.get(wish.caseId), services.get(wish.service)]
    const kept =
      desk === undefined || service === undefined || !open.has(service.id)
        ? null
        : firstDraft(t, actor, desk, service)
    if (desk === undefined || kept === null) return { refused: 'cannot-send', who: wish.caseId }
    prepared.push({ wish, desk, kept })
  }
  return prepared
}

async function fullFile(db: Tx, actor: Actor, keys: readonly CaseKey[]): Promise<NoAct | null> {
  for (const key of keys) {
    const ties = new Set((await tiesOf(db, key)).map((tie) => tie.other))
    for (const other of keys) if (other.caseId !== key.caseId) ties.add(other.caseId)
    const steps = await stepsOf(db, actor.partyId, [key])
    if (ties.size > mostTies || steps.length >= mostSteps)
      return { refused: 'too-many-steps', who: key.caseId }
  }
  return null
}

async function tieAll(db: Tx, keys: readonly CaseKey[]): Promise<void> {
  for (const [at, here] of keys.entries()) {
    const tied = new Set((await tiesOf(db, here)).map((tie) => tie.other))
    for (const there of keys.slice(at + 1)) if (!tied.has(there.caseId)) await insertTie(db, here, there)
  }
}

function personOf(t: Words, file: CaseFile): Person {
  return { caseId: file.caseId, name: nameOf(t, file), child: isAboutAChild(file), file }
}
