import { type Actor, asJob, rowOf } from '#platform/access'
import { type Installation, newCookie, openSealed, sealTo } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import { looksAfter } from './editor.store.ts'
import { paths } from './paths.ts'
import { forgetCopies } from './import-run.store.ts'
import { forgetSuggestions } from './suggestion.store.ts'
import { askOwner, forgetLinks, keeperOf, ownersToAsk, writeAssured, writeOwner } from './upkeep.store.ts'

/** Says that these entries are still right, as of today; how many of them this agency looks after. */
export async function sayStillRight(db: Tx, actor: Actor, ids: readonly string[]): Promise<number> {
  const kept: string[] = []
  for (const id of new Set(ids)) if (await looksAfter(db, actor.partyId, id)) kept.push(id)
  if (kept.length === 0) return 0
  await changing(db, actor, { services: kept, what: 'assured' }, () =>
    writeAssured(db, kept, actor.agencyName),
  )
  await record(db, actor, { kind: 'directory.changed', detail: { what: 'assured', services: kept } })
  return kept.length
}

/** Names who keeps an entry right: a colleague, or with null all editors of this agency. */
export async function setOwner(
  db: Tx,
  actor: Actor,
  serviceId: string,
  ownerId: string | null,
): Promise<{ readonly done: true } | { readonly refused: 'missing' }> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  const before = await keeperOf(db, serviceId)
  if (before.partyId === actor.partyId && before.ownerId === ownerId) return { done: true }
  // Why only the agency: a colleague's name is for the agency alone, and another agency's editors read this history too.
  const fields = [
    before.partyId === actor.partyId
      ? { field: 'owner' }
      : { field: 'owner', before: before.agencyName, after: actor.agencyName },
  ]
  await changing(db, actor, { services: [serviceId], what: 'owner', fields }, () =>
    writeOwner(db, serviceId, actor.partyId, ownerId),
  )
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'owner', service: serviceId, before: before.ownerId, after: ownerId },
  })
  return { done: true }
}

/** The job: asks every owner whose entries are due, with one mail each, and forgets what is over. How many mails were put. */
export async function askOwners(pools: Pools, at: Installation, publicUrl: string): Promise<number> {
  return asJob(pools, async (db) => {
    let put = 0
    for (const who of await ownersToAsk(db)) {
      const token = newCookie()
      const to = new TextDecoder().decode(openSealed(at.mail, who.address))
      const link = `${publicUrl}${paths.stillRight(token)}`
      const address = sealTo(at.mail.publicKey, new TextEncoder().encode(JSON.stringify({ to, link })))
      if (await askOwner(db, who, rowOf(token), address)) put += 1
    }
    await forgetLinks(db)
    await forgetSuggestions(db)
    await forgetCopies(db)
    return put
  })
}
