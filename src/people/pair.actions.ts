import { randomUUID } from 'node:crypto'

import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { subjectOf } from './card.rules.ts'
import { everyCell } from './case-cells.ts'
import { closeForTeam } from './close.actions.ts'
import { exclude, holdersOf, rolesOf } from './colleague.store.ts'
import { type OpenedCase, openForWork, readFile } from './open.actions.ts'
import type { NotPaired, Pair } from './pair.ts'
import { teamsOf } from './pair.rules.ts'
import { dropPair, forgetPair, keepPair, knownPairs } from './pair.store.ts'

/** A pair as a privacy lead sees it: the two names, and who works with both although nobody should. */
export interface PairShown {
  readonly id: string
  readonly files: readonly { readonly caseId: string; readonly name: string }[]
  readonly both: readonly string[]
}

/**
 * Two files of one relationship, each with its own team and its own key, closed for the other's team. That they belong together is
 * sealed to the privacy leads who hold both, and to nobody else; to their teams each looks like any closed case.
 */
export async function pairFiles(
  db: Tx,
  actor: Actor,
  pair: Pair,
): Promise<{ readonly id: string } | NotPaired> {
  if (pair.one === pair.other) return { refused: 'same-case' }
  const known = await knownPairs(db, actor)
  const same = (each: Pair) => [each.one, each.other].every((id) => id === pair.one || id === pair.other)
  if (known.some((each) => same(each.pair))) return { refused: 'paired-already' }
  const opened = await both(db, actor, pair)
  if (opened === null || !mayDo(actor.roles, 'privacy:lead')) return { refused: 'no-case' }
  const teams = await teamsNow(db, actor, opened)
  if ([...teams.one, ...teams.other].includes(actor.accountId)) return { refused: 'works-with-one' }
  if (teams.both.length > 0) return { refused: 'team-shared', accounts: teams.both }
  const cells = everyCell()
  const close = (id: string, team: readonly string[], excluded: readonly string[]) =>
    closeForTeam(db, actor, id, { team: [...team, actor.accountId], excluded, cells })
  const one = await close(pair.one, teams.one, teams.other)
  if ('refused' in one) return one
  const other = await close(pair.other, teams.other, teams.one)
  // The first file is closed by now: only a fault can take that back.
  if ('refused' in other) throw new Error(`One of two paired files could not be closed: ${other.refused}`)
  const leads = await leadsOf(db, actor)
  const holders = leads.filter((lead) => [one, other].every(({ members }) => members.includes(lead)))
  const id = randomUUID()
  if (!(await keepPair(db, actor, id, pair, holders))) throw new Error('A pair could not be kept.')
  await record(db, actor, { kind: 'pair.made', detail: { pair: id } })
  return { id }
}

/**
 * The pairs that a privacy lead knows of, written down as a look at each. Whoever joined one team since is shut out of the other
 * file. A pair one of whose files is erased is forgotten; one of whose files the lead may no longer see stays for the others.
 */
export async function pairsFor(db: Tx, actor: Actor): Promise<readonly PairShown[]> {
  const shown: PairShown[] = []
  for (const { id, pair } of await knownPairs(db, actor)) {
    const opened = await both(db, actor, pair)
    if (opened === null) {
      const detail = { pair: id, undone: true }
      if (await forgetPair(db, id, pair)) await record(db, actor, { kind: 'pair.made', detail })
      continue
    }
    await record(db, actor, { kind: 'pair.read', detail: { pair: id } })
    const teams = await teamsNow(db, actor, opened)
    const apart = (team: readonly string[]) => team.filter((account) => !teams.both.includes(account))
    await exclude(db, actor.partyId, pair.one, apart(teams.other))
    await exclude(db, actor.partyId, pair.other, apart(teams.one))
    const files = []
    for (const file of opened)
      files.push({ caseId: file.row.id, name: subjectOf((await readFile(db, file)).cards)?.name ?? '' })
    shown.push({ id, files, both: teams.both })
  }
  return shown
}

/** Forgets that two files belong together; they stay closed, each for its team. */
export async function unpair(db: Tx, actor: Actor, id: string): Promise<boolean> {
  if (!(await dropPair(db, id))) return false
  await record(db, actor, { kind: 'pair.made', detail: { pair: id, undone: true } })
  return true
}

/** Both files, held in the order of their ids, so that two who pair at once never wait for each other. */
async function both(db: Tx, actor: Actor, pair: Pair): Promise<readonly [OpenedCase, OpenedCase] | null> {
  const found = new Map<string, OpenedCase>()
  for (const id of [pair.one, pair.other].toSorted()) {
    const opened = await openForWork(db, actor, id, 'changing')
    if (opened !== null) found.set(id, opened)
  }
  const [one, other] = [found.get(pair.one), found.get(pair.other)]
  return one === undefined || other === undefined ? null : [one, other]
}

async function teamsNow(db: Tx, actor: Actor, [one, other]: readonly [OpenedCase, OpenedCase]) {
  const leads = await leadsOf(db, actor)
  const teamOf = async ({ row }: OpenedCase) => ({
    ownerId: row.ownerId,
    holders: row.sort === 'closed' ? await holdersOf(db, actor.partyId, row.id) : [],
  })
  return teamsOf(await teamOf(one), await teamOf(other), leads)
}

async function leadsOf(db: Tx, actor: Actor): Promise<readonly string[]> {
  const staff = await rolesOf(db, actor.partyId)
  return [...staff].filter(([, roles]) => mayDo(roles, 'privacy:lead')).map(([account]) => account)
}
