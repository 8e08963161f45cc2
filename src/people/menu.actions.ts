import {
  DEPENDS,
  explainPage,
  type MatchIndex,
  matchIndex,
  orderByWishes,
  TAKES,
  verdicts,
} from '#engine/matching'
import type { PartialSituation } from '#engine/space'
import { servicesByIds, servicesForMatching } from '#directory'
import type { Tx } from '#platform/db'

import type { Menu, MenuAsked, MenuEntry, MenuReason } from './menu.ts'
import { abuseMarked, bestToAsk, bringsTogether, makesSense, readable, reasonOf } from './menu.rules.ts'
import { directoryStamp, serviceTraits, serviceWords } from './menu.store.ts'

/** So many services of one kind of answer are shown; the totals say how many there are. */
const mostShown = 60
/** So many are put in the order of the wishes before the first are shown. */
const mostOrdered = 1000
/** Where nothing takes the person, somebody who works out what is right, or who is there for being safer. */
const anyDoor = ['right-help', 'safety', 'talk']

/**
 * The menu for a nameless picture: who takes the person now, what depends on which question, who does not and why, in the order
 * of the wishes. Needs no case and leaves no trace.
 */
export async function menuFor(db: Tx, asked: MenuAsked): Promise<Menu> {
  const index = await indexOf(db, asked.pack ?? null)
  const situation = readable(index, asked.situation)
  const judge = { db, index, situation, asked, told: verdicts(index, situation) }
  const ids = sorted(judge, needsOf(asked))
  const every = [
    ...(await told(judge, ids.takes)),
    ...(await told(judge, ids.depends)),
    ...(await told(judge, ids.no.slice(0, mostShown))),
  ]
  const entries = every.filter(({ service }) => !keptOut(asked, service))
  const marked = abuseMarked(situation, asked.harmNamed ?? false)
  const offered = entries.filter(({ service }) => !marked || !bringsTogether(service))
  const usesAbuse = situation['who'] === 'person-using-abuse'
  const main = offered.filter(({ service }) => usesAbuse || service.kind !== 'for-people-using-abuse')
  const takes = main.filter(({ reason }) => reason.kind === 'takes')
  const depends = main.filter(isDepends)
  return {
    takes,
    asks: main.filter(({ reason }) => reason.kind === 'asks'),
    depends,
    no: main.filter(isNo),
    apart: offered.filter((entry) => !main.includes(entry)),
    bestQuestion: bestToAsk(depends, {})?.facet ?? null,
    nextSteps: takes.length > 0 ? [] : await nextSteps(judge, main),
    withheld: entries.length - offered.length,
    possible: makesSense(index, situation),
    totals: { takes: ids.takes.length, depends: ids.depends.length, no: ids.no.length },
  }
}

interface Judge {
  readonly db: Tx
  readonly index: MatchIndex
  readonly situation: PartialSituation
  readonly asked: MenuAsked
  /** By service, in the order of the directory: the engine's verdict. */
  readonly told: Uint8Array
}

/** The services for these needs by verdict, each list in the directory's order; no need means every service. */
function sorted({ index, told: verdict }: Judge, needs: readonly string[] | null) {
  const { system } = index
  const wanted =
    needs === null ? null : new Set(needs.map((need) => system.needs.findIndex(({ id }) => id === need)))
  const takes: string[] = []
  const depends: string[] = []
  const no: string[] = []
  for (const [i, service] of system.services.entries()) {
    if (wanted !== null && !service.meets.some((need) => wanted.has(need))) continue
    const list = verdict[i] === TAKES ? takes : verdict[i] === DEPENDS ? depends : no
    list.push(service.id)
  }
  return { takes, depends, no }
}

/** The first of these services in the order of the wishes, else as they came, each with its reason. */
async function told(judge: Judge, ids: readonly string[]): Promise<readonly MenuEntry[]> {
  const { db, index, situation, asked } = judge
  const wishes = asked.wishes ?? []
  const listed = await serviceTraits(db, ids.slice(0, wishes.length === 0 ? mostShown : mostOrdered))
  const shown = orderByWishes(listed, wishes).slice(0, mostShown)
  const shownIds = shown.map(({ result }) => result.service)
  if (shownIds.length === 0) return []
  const services = new Map((await servicesByIds(db, shownIds)).map((service) => [service.id, service]))
  const words = await serviceWords(db, shownIds)
  const explained = explainPage(index, shownIds, situation)
  return shown.flatMap(({ result, wishes: outcomes }, i) => {
    const service = services.get(result.service)
    const about = words.get(result.service)
    const explanation = explained[i]
    if (service === undefined || explanation === undefined) return []
    const reason = reasonOf(explanation, about?.clauses ?? [], situation, asked.pack ?? 'uk')
    return [{ service, reason, wishes: outcomes, mustReport: about?.mustReport ?? null }]
  })
}

/** At least one door: who may be asked first, who takes anybody for being safer, who talks it over without a name. */
async function nextSteps(judge: Judge, own: readonly MenuEntry[]): Promise<readonly MenuEntry[]> {
  const doors = (await told(judge, sorted(judge, anyDoor).takes)).filter(
    ({ service }) => service.kind !== 'for-people-using-abuse' && !bringsTogether(service),
  )
  const safe = doors.filter(({ service }) => !keptOut(judge.asked, service))
  const firstAsk = own.filter((entry) => entry.reason.kind === 'asks')
  const talkOver = own.filter((entry) => entry.service.consultation)
  const chosen = new Map<string, MenuEntry>()
  for (const entry of [...firstAsk.slice(0, 1), ...safe.slice(0, 2), ...talkOver.slice(0, 2)])
    chosen.set(entry.service.id, entry)
  return [...chosen.values()]
}

/** Whether the person named who runs the service as not safe. */
function keptOut(asked: MenuAsked, service: MenuEntry['service']): boolean {
  return asked.notSafe?.(service.organizationName) === true
}

function isDepends(entry: MenuEntry): entry is MenuEntry<Extract<MenuReason, { kind: 'depends' }>> {
  return entry.reason.kind === 'depends'
}

function isNo(entry: MenuEntry): entry is MenuEntry<Extract<MenuReason, { kind: 'no' }>> {
  return entry.reason.kind === 'no'
}

function needsOf({ need }: MenuAsked): readonly string[] | null {
  if (need === undefined) return null
  return typeof need === 'string' ? [need] : need
}

interface Kept {
  readonly stamp: string
  readonly index: MatchIndex
  asks: number
}

/** The open directory by country, made ready; nothing of any person is in it. */
const kept = new Map<'uk' | 'us' | 'all', Kept>()
/** After so many questions it is made anew, so that what the engine noted while answering does not gather. */
const mostAsks = 500

async function indexOf(db: Tx, pack: 'uk' | 'us' | null): Promise<MatchIndex> {
  const stamp = await directoryStamp(db)
  const known = kept.get(pack ?? 'all')
  if (known !== undefined && known.stamp === stamp && known.asks < mostAsks) {
    known.asks += 1
    return known.index
  }
  const index = matchIndex(await servicesForMatching(db, pack))
  kept.set(pack ?? 'all', { stamp, index, asks: 1 })
  return index
}
