import type { ThreadState } from '#envelopes'
import { type CaseFile, openForWork } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { isAcknowledged } from './keeping.rules.ts'
import { keepingsOf, noOf } from './keeping.actions.ts'
import { type ListLine, threadsOfFile } from './list.actions.ts'

/** A service that was asked for this person, and what it answered; only what this agency asked. */
export interface Tried {
  readonly threadId: string
  readonly serviceId: string | null
  readonly service: string
  readonly agency: string
  readonly kind: ListLine['kind']
  readonly state: ListLine['state']
  /** It said no, whatever became of the thread afterwards. */
  readonly saidNo: boolean
  /** The code of the reason; null where nobody said no, or it does not open any more. */
  readonly reason: string | null
  /** When it answered no, else when it was asked. */
  readonly at: Date
}

/** So many are shown: the newest. */
const most = 20

/** What was tried for a case, newest first. Each no that is opened is a look, and a line of the ledger. */
export async function triedFor(
  db: Tx,
  actor: Actor,
  file: Pick<CaseFile, 'key' | 'caseId'>,
): Promise<readonly Tried[]> {
  const lines = (await threadsOfFile(db, actor, file)).filter(({ side }) => side === 'from').slice(0, most)
  if (lines.length === 0) return []
  const keepings = await keepingsOf(db, actor, file.key)
  const tried: Tried[] = []
  for (const line of lines) {
    const since = keepings.get(line.id)?.keptSince ?? null
    tried.push({
      threadId: line.id,
      serviceId: line.serviceId,
      service: line.serviceName,
      agency: line.otherName,
      kind: line.kind,
      state: line.state,
      saidNo: since !== null,
      reason: since === null ? null : ((await noOf(db, actor, line.id))?.reason ?? null),
      at: since ?? line.startedAt,
    })
  }
  return tried
}

/** What one of them answered, in a sentence: the reason and the day. */
export function triedText(
  t: Words,
  tried: Pick<Tried, 'saidNo' | 'reason' | 'at' | 'state' | 'kind'>,
): string {
  const when = t.date(tried.at)
  if (!tried.saidNo) return t(`referrals.tried.${answerKey(tried.state)}`, { when })
  return tried.reason === null
    ? t('referrals.tried.no', { when })
    : t('referrals.tried.no-because', { when, reason: t(`referrals.reason.${tried.reason}`) })
}

function answerKey(state: Tried['state']): string {
  if (state === 'accepted' || state === 'started' || state === 'met') return 'yes'
  return state === 'waiting' || state === 'withdrawn' || state === 'ended' ? state : 'asked'
}

/** For the menu: what each service answered already, by service; the newest counts. */
export async function triedOnMenu(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>()
  for (const each of await triedFor(db, actor, file))
    if (each.serviceId !== null && !said.has(each.serviceId)) said.set(each.serviceId, triedText(t, each))
  return said
}

/** Another thread of the same case, or of none, where somebody has the person. */
export interface OtherThread {
  readonly id: string
  readonly service: string
  readonly agency: string
  readonly state: ThreadState
}

/** Own referrals of the same case that show that somebody has the person, by the rule of the no that is to be settled. */
export async function acknowledgedElsewhere(
  db: Tx,
  actor: Actor,
  thread: { readonly id: string; readonly caseId: string | null },
  danger: boolean,
): Promise<readonly OtherThread[]> {
  const work = thread.caseId === null ? null : await openForWork(db, actor, thread.caseId, 'reading')
  if (work === null) return []
  return (await threadsOfFile(db, actor, { caseId: work.key.caseId, key: work.key }))
    .filter((line) => line.id !== thread.id && line.side === 'from' && isAcknowledged(line, danger))
    .slice(0, 8)
    .map(({ id, serviceName, otherName, state }) => ({ id, service: serviceName, agency: otherName, state }))
}
