import { randomUUID } from 'node:crypto'

import { endSession } from '#platform/auth'

import { makeDiary } from './diary.actions.ts'
import { makeExchange } from './exchange.actions.ts'
import { closeCases, makeCases, makeKnown } from './case.actions.ts'
import { beginDemo, countUnmet, finishDemo } from './demo.store.ts'
import { makeFamilies } from './family.actions.ts'
import { makeForms } from './form.actions.ts'
import { makeConduct } from './conduct.actions.ts'
import { makeGrounds } from './grounds.actions.ts'
import { makeHelpers } from './who-helps.actions.ts'
import { type Kept, keep } from './kept.ts'
import { addDropIn, importListings, linkAgencies } from './listing.actions.ts'
import type { Making, MakingParts } from './make.ts'
import { makePapers } from './paper.actions.ts'
import { makePlans } from './plan.actions.ts'
import { makeReferrals } from './referral.actions.ts'
import { connectSystems } from './client.actions.ts'
import { makeRepeats } from './repeat.actions.ts'
import { makeSuggestions } from './suggestion.actions.ts'
import { type Founded, foundCastAgency, pinPartners } from './staff.actions.ts'

/**
 * Fills an empty installation with the invented world, through the same acts that the pages call. Refuses where anybody is
 * here already. A crash on the way leaves the mark by which the next start knows it.
 */
export async function makeDemo(parts: MakingParts): Promise<Kept | { readonly refused: 'not-empty' }> {
  const mark = randomUUID()
  keep(parts.dataDir, { mark, staff: {}, cases: {}, threads: {} })
  if (!(await beginDemo(parts.owner, mark))) return { refused: 'not-empty' }
  const areas = new Map(parts.world.areas.map((area) => [area.id, area]))
  const at: Making = {
    ...parts,
    cookies: [],
    areaName: (id) => areas.get(id)?.name ?? id,
    lawOf: (id) => areas.get(id)?.law ?? null,
  }
  parts.progress.say('the directory, the agencies and their staff')
  const [founded] = await Promise.all([foundAll(at), importListings(at)])
  await Promise.all([pinPartners(founded), linkAgencies(at, founded)])
  await connectSystems(at, founded)
  const hands = founded.flatMap((each) => each.hands)
  parts.progress.say('the people and what they want')
  const byId = new Map(hands.map((hand) => [hand.castId, hand]))
  const cases = await makeCases(at, at.world.people, byId)
  await makePlans(at, cases, byId)
  await makeHelpers(at, cases, byId)
  parts.progress.say('what went from one agency to another')
  await makeForms(at, cases, byId)
  const threads = await makeReferrals(at, cases, byId)
  at.progress.say('what went, or waits, without a release')
  await makeGrounds(at, cases, byId)
  await makePapers(at, cases, byId)
  await makeDiary(at, cases, byId)
  await makeConduct(at, cases, byId)
  await makeRepeats(at, founded)
  await countUnmet(at.owner)
  await closeCases(at, cases, byId)
  await makeFamilies(at, cases, byId)
  await makeKnown(at, byId)
  await makeSuggestions(at, byId)
  await makeExchange(at, byId, at.publicUrl)
  await addDropIn(byId)
  const kept: Kept = {
    mark,
    staff: Object.fromEntries(hands.map((hand) => [hand.castId, hand.kept])),
    cases: Object.fromEntries(cases),
    threads: Object.fromEntries(threads),
  }
  await Promise.all(at.cookies.map((cookie) => endSession(at.pools.web, cookie)))
  keep(parts.dataDir, kept)
  await finishDemo(parts.owner, mark)
  parts.progress.done()
  return kept
}

/** How many steps the making reports. */
export function makingSteps({ agencies, people }: MakingParts['world']): number {
  return agencies.reduce((sum, agency) => sum + agency.staff.length, 0) + people.length
}

async function foundAll(at: Making): Promise<readonly Founded[]> {
  return Promise.all(at.world.agencies.map((agency) => foundCastAgency(at, agency)))
}
