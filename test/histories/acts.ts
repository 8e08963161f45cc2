import pg from 'pg'

import { eraseCase, openForWork, readFile } from '#people'
import { createWords } from '#platform/i18n'
import { endExpired } from '#platform/jobs'
import {
  blankRelease,
  draftContext,
  databaseNow,
  heldItems,
  isConfirmable,
  itemOf,
  type KeptRelease,
  listedVerdicts,
  releaseOf,
  startDraft,
  takeSignature,
  verdictsNow,
  withItems,
} from '#releases'

import people from '../../src/people/words.uk.json' with { type: 'json' }
import { type Desk, openDesk, sendReferral } from '../../src/referrals/sending.actions.ts'
import { room as referrals } from '../../src/referrals/routes.ts'
import { room as releases } from '../../src/releases/routes.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { type Served, serveWorld } from '../world/served.ts'

const words = createWords([{ uk: people }, releases.words, referrals.words])
const t = words({ pack: 'uk', sector: 'domestic-abuse' })
const hourMs = 3_600_000

/** One sharing agency and two that may receive, each with several members; the whole app over them. */
export interface Stage {
  readonly world: TestWorld
  readonly served: Served
  readonly superuser: pg.Pool
  /** Members by agency: those of the sharing agency first. */
  readonly people: readonly (readonly Person[])[]
  readonly names: readonly string[]
  /** A listed service; nothing is sent to another. */
  readonly service: string
  readonly close: () => Promise<void>
}

/** Makes it. */
export async function makeStage(): Promise<Stage> {
  const world = await testWorld()
  const names = ['Harbour Advocacy', 'Hill Clinic', 'Millbrook Surgery']
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  const heads = [
    await world.found('Harbour Advocacy', 'domestic-abuse', roles),
    await world.found('Hill Clinic', 'mental-health', roles),
    await world.found('Millbrook Surgery', 'primary-care', roles),
  ]
  const [own, clinic, surgery] = heads
  if (own === undefined || clinic === undefined || surgery === undefined) throw new Error('Nobody is here.')
  await world.pair(own, clinic)
  await world.pair(own, surgery)
  const [service = ''] = await listServicesOf(world, [
    { person: clinic, organization: 'Northmere Adult Mental Health' },
  ])
  const members: Person[][] = []
  for (const [at, head] of heads.entries()) {
    const others = [await world.join(head, `Second ${at}`, ['worker'])]
    if (at === 0) others.push(await world.join(head, `Third ${at}`, ['worker']))
    members.push([head, ...others])
  }
  const superuser = new pg.Pool({ connectionString: world.database.superUrl, max: 4 })
  const close = async () => {
    await superuser.end()
    await world.close()
  }
  return { world, served: serveWorld(world), superuser, people: members, names, service, close }
}

/** A case for one history, with somebody who may sign for the person. */
export interface StageCase {
  readonly caseId: string
  readonly survivor: string
  readonly representative: string
}

/** Starts it; whoever was idle in a long run is at the desk again. */
export async function startCaseOn(stage: Stage): Promise<StageCase> {
  await stage.superuser.query(
    'update access.session set seen_at = clock_timestamp(), started_at = clock_timestamp()',
  )
  const { caseId, survivor } = await caseWith(headOf(stage, 0))
  const answer = await stage.served.post(
    `/cases/${caseId}/names/new`,
    { name: 'Sam Orchard', role: 'other', aloud: 'none' },
    headOf(stage, 0),
  )
  if (answer.status !== 303) throw new Error(`The card answered ${answer.status}.`)
  const representative = await withCase(stage, caseId, async ({ file }) =>
    file.cards.find((card) => card.name === 'Sam Orchard'),
  )
  if (representative === undefined || representative === null) throw new Error('Nobody can sign.')
  return { caseId, survivor, representative: representative.id }
}

/** The one who leads at an agency, whom nothing in these histories shuts out. */
export function headOf(stage: Stage, agency: number): Person {
  const head = stage.people[agency]?.[0]
  if (head === undefined) throw new Error('There is no such agency.')
  return head
}

/** Works on a case as the head of the sharing agency; null once it is gone. */
async function withCase<T>(
  stage: Stage,
  caseId: string,
  work: (desk: Desk) => Promise<T>,
): Promise<T | null> {
  return headOf(stage, 0).act(async (db, actor) => {
    const desk = await openDesk(db, actor, caseId)
    return desk === null ? null : work(desk)
  })
}

/** What is to be agreed. */
export interface Agreeing {
  readonly to: number
  readonly hours: number
  /** Bits: which of the things held in the case. */
  readonly items: number
  readonly signer: 'self' | 'representative'
  readonly renews: KeptRelease['renews']
}

/** A draft, the person's turn, and the sending, by the product's own acts. */
export async function agreeAndSend(stage: Stage, at: StageCase, how: Agreeing) {
  const to = headOf(stage, how.to)
  return headOf(stage, 0).act(async (db, actor) => {
    const desk = await openDesk(db, actor, at.caseId)
    if (desk === null) throw new Error('The case is gone.')
    const kept = keptFor(stage, at, how, desk, { id: actor.accountId, partyId: to.partyId })
    const { id } = await startDraft(db, actor, desk.key, kept)
    const names = kept.signers.map((signer) => signer.name)
    const turn = { names, copy: 'no-copy-for-safety' as const, way: 'here' as const }
    const signed = await takeSignature(db, actor, desk.key, { id, version: 1 }, turn, desk.context)
    return 'refused' in signed ? signed : sendReferral(db, actor, t, desk, { id, version: signed.version })
  })
}

function keptFor(
  stage: Stage,
  at: StageCase,
  how: Agreeing,
  { file, context }: Desk,
  who: { readonly id: string; readonly partyId: string },
): KeptRelease {
  const held = heldItems(t, file, new Set())
  const picked = held.filter((_item, place) => place === how.items % held.length || (how.items >> place) & 1)
  const side = (partyId: string, place: number) => ({
    partyId,
    name: stage.names[place] ?? '',
    sector: ['domestic-abuse', 'mental-health', 'primary-care'][place] ?? '',
  })
  const blank = blankRelease({
    pack: 'uk',
    law: null,
    file,
    subjectName: 'Rowan Vale',
    worker: { accountId: who.id, name: 'Ash' },
    from: side(headOf(stage, 0).partyId, 0),
    to: side(who.partyId, how.to),
    now: context.now,
  })
  const release = {
    ...withItems(
      blank,
      picked.map((item) => itemOf(item)),
    ),
    purpose: 'Not to tell it twice',
    endsAt: new Date(context.now.getTime() + (how.hours + 0.5) * hourMs).toISOString(),
    mayComeBack: 'outcome' as const,
    talked: { risksAndBenefits: true, otherWays: true, note: '' },
    shown: {
      notACondition: true,
      mayWithdraw: true,
      redisclosure: true,
      dutyToReport: true,
      notAWaiver: true,
      refusalConsequences: true,
    },
    signerSafe: { attestedBy: 'Ash' },
  }
  const needs = listedVerdicts(release, context).flatMap(({ verdict }) => verdict.missing)
  const steps = [...new Set(needs.map((each) => each.need))].filter(isConfirmable)
  const self = { as: 'self' as const, personRef: at.survivor, name: 'Rowan Vale', authority: null }
  const other = {
    as: 'representative' as const,
    personRef: at.representative,
    name: 'Sam Orchard',
    authority: 'Power of attorney',
  }
  return {
    release: { ...release, steps: steps.map((step) => ({ step, by: 'Ash' })) },
    words: picked.map(({ kind, ref, text }) => ({ kind, ref, text })),
    service: { id: stage.service, name: 'Talking room' },
    wait: { text: '', days: null },
    ask: null,
    renews: how.renews,
    signers: [how.signer === 'self' ? self : other],
    talked: true,
    confirmedAt: null,
    ended: null,
  }
}

/** What the evaluator says today of everything on a release, by the case and the database's clock. */
export async function evaluatorAllows(stage: Stage, caseId: string, releaseId: string): Promise<boolean> {
  return headOf(stage, 0).act(async (db, actor) => {
    const opened = await openForWork(db, actor, caseId, 'reading')
    if (opened === null) return false
    const release = await releaseOf(db, opened.key, releaseId)
    if (release === null) return false
    const agencies = stage.people.map((members, place) => ({
      partyId: members[0]?.partyId ?? '',
      name: stage.names[place] ?? '',
    }))
    const file = await readFile(db, opened)
    const context = draftContext(actor, file, agencies, await databaseNow(db))
    const verdicts = verdictsNow(release, context)
    return verdicts.length > 0 && verdicts.every(({ verdict }) => verdict.outcome === 'allow')
  })
}

/** Time passes: whatever was agreed, sent or received lies this much longer back. The database's clock cannot be turned. */
export async function letTimePass(stage: Stage, caseId: string, hours: number): Promise<void> {
  // In the order of the job that ends what time has ended, which may run beside this.
  await stage.superuser.query(
    `do $$ begin
       update envelopes.incoming i set received_at = received_at - interval '${hours} hours', ends_at = i.ends_at - interval '${hours} hours'
         from envelopes.outgoing o where o.case_id = '${caseId}' and o.id = i.id;
       update envelopes.outgoing set sent_at = sent_at - interval '${hours} hours', ends_at = ends_at - interval '${hours} hours'
         where case_id = '${caseId}';
       update releases.release set starts_at = starts_at - interval '${hours} hours', ends_at = ends_at - interval '${hours} hours'
         where case_id = '${caseId}';
     end $$`,
  )
}

/** The job that ends what time has ended, as the login that runs it. */
export async function sweep(stage: Stage): Promise<void> {
  await endExpired(stage.world.pools)
}

/** Whether the recipient's wrap lies in the keyring at all, seen from behind the fences. */
export async function wrapLies(stage: Stage, partyId: string, copyId: string): Promise<boolean> {
  const { rowCount } = await stage.superuser.query(
    'select from keyring.envelope_wrap where party_id = $1 and envelope_id = $2',
    [partyId, copyId],
  )
  return rowCount === 1
}

/** Saves whom to be careful of on the case's own page. */
export async function saveCareful(
  stage: Stage,
  caseId: string,
  danger: { readonly notSafe: string; readonly colleagues: readonly string[] },
): Promise<void> {
  const version = await withCase(stage, caseId, async ({ file }) => file.sheets.danger.version)
  const fields = { notSafeToTalkTo: danger.notSafe, colleagues: danger.colleagues, version: String(version) }
  const answer = await stage.served.post(`/cases/${caseId}/careful`, fields, headOf(stage, 0))
  if (answer.status !== 303) throw new Error(`The page about care answered ${answer.status}.`)
}

/** The case says from now on that whoever may sign for the person causes harm. */
export async function nameSigner(stage: Stage, at: StageCase): Promise<void> {
  const card = await withCase(stage, at.caseId, async ({ file }) =>
    file.cards.find((one) => one.id === at.representative),
  )
  const fields = {
    name: 'Sam Orchard',
    role: 'personCausingHarm',
    aloud: 'none',
    version: String(card?.version),
  }
  const answer = await stage.served.post(
    `/cases/${at.caseId}/names/${at.representative}`,
    fields,
    headOf(stage, 0),
  )
  if (answer.status !== 303) throw new Error(`The card answered ${answer.status}.`)
}

/** Erases the case at the sharing agency. */
export async function erase(stage: Stage, caseId: string): Promise<void> {
  const done = await headOf(stage, 0).act((db, actor) => eraseCase(db, actor, caseId))
  if ('refused' in done) throw new Error(done.refused)
}
