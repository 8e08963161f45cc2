import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { freshness } from './freshness.ts'
import { type SimpleAbout, simpleFields } from './suggestion.rules.ts'
import type { OwnSuggestion, Suggestion, SuggestionForm } from './suggestion.ts'

/** Puts in what anybody says, by the public login. */
export async function suggestOpenly(
  db: Tx,
  serviceId: string,
  form: SuggestionForm,
): Promise<'kept' | 'missing' | 'full'> {
  const { rows } = await sql<{ outcome: 'kept' | 'missing' | 'full' }>`
    select directory.suggest(${serviceId}::uuid, ${form.about}, ${form.words}) as outcome`.execute(db)
  return rows[0]?.outcome ?? 'missing'
}

/** Puts in what a colleague of some agency says. */
export async function addSuggestion(
  db: Tx,
  by: { readonly partyId: string; readonly accountId: string },
  serviceId: string,
  form: SuggestionForm,
): Promise<void> {
  await sql`
    insert into directory.suggestion (service_id, source, by_party, by_account, about, words)
    values (${serviceId}, 'worker', ${by.partyId}, ${by.accountId}, ${form.about}, ${form.words})`.execute(db)
}

/** How many suggestions of this account still wait, so that nobody fills the queue alone. */
export async function ownWaiting(db: Tx, accountId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from directory.suggestion where by_account = ${accountId} and state = 'waiting'`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** What this account has said about the entry, newest first, and what became of it. */
export async function ownSuggestions(
  db: Tx,
  accountId: string,
  serviceId: string,
): Promise<readonly OwnSuggestion[]> {
  const { rows } = await sql<OwnSuggestion>`
    select about, made_on as "madeOn", state, reason from directory.suggestion
    where by_account = ${accountId} and service_id = ${serviceId} order by made_on desc, id limit 20`.execute(
    db,
  )
  return rows
}

/** One suggestion that waits for this agency, locked until the transaction ends; or null. */
export async function waitingSuggestion(db: Tx, id: string): Promise<Suggestion | null> {
  const { rows } = await sql<Suggestion>`
    select g.id, g.service_id as "serviceId", g.source, a.name as "byAgency", g.about, g.words, g.made_on as "madeOn"
    from directory.suggestion g left join parties.agency a on a.party_id = g.by_party
    where g.id::text = ${id.toLowerCase()} and g.state = 'waiting' and directory.may_edit(g.service_id)
    for update of g`.execute(db)
  return rows[0] ?? null
}

/** Decides, and lets the words go. */
export async function decideSuggestion(
  db: Tx,
  id: string,
  state: 'accepted' | 'declined',
  reason: string,
): Promise<void> {
  await sql`
    update directory.suggestion set state = ${state}, reason = ${reason}, words = '', decided_on = current_date
    where id = ${id} and state = 'waiting'`.execute(db)
}

/** What stands in the field now, as text. */
export async function fieldText(db: Tx, serviceId: string, about: SimpleAbout): Promise<string> {
  const column =
    about === 'phone' ? sql`s.phones -> 0 ->> 'number'` : sql`s.${sql.ref(simpleFields[about])}::text`
  const { rows } = await sql<{ text: string | null }>`
    select ${column} as text from directory.service s where s.id = ${serviceId}`.execute(db)
  return rows[0]?.text ?? ''
}

/** Writes the field; a telephone number takes the first one's place and keeps what stands beside it. */
export async function writeField(db: Tx, serviceId: string, about: SimpleAbout, text: string): Promise<void> {
  const value =
    about === 'phone'
      ? sql`case when jsonb_array_length(phones) = 0
          then jsonb_build_array(jsonb_build_object('number', ${text}::text, 'label', ''))
          else jsonb_set(phones, '{0,number}', to_jsonb(${text}::text)) end`
      : sql`${text}::text`
  await sql`
    update directory.service set ${sql.ref(simpleFields[about])} = ${value}, updated_at = now()
    where id = ${serviceId}`.execute(db)
}

/** Forgets what nobody decided in time, and what was decided that long ago: for the job. */
export async function forgetSuggestions(db: Tx): Promise<void> {
  await sql`select directory.forget_suggestions(${freshness.suggestionDays})`.execute(db)
}
