import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import { refreshDerived } from './matching.store.ts'
import { serviceById } from './service.store.ts'
import type { ServiceDetail } from './service.ts'
import { carriesAddress, fits, isSimple } from './suggestion.rules.ts'
import {
  addSuggestion,
  decideSuggestion,
  ownWaiting,
  suggestOpenly,
  waitingSuggestion,
  writeField,
} from './suggestion.store.ts'
import type { ReviewForm, SuggestionForm, SuggestionRefusal } from './suggestion.ts'

interface Done {
  readonly done: true
}

/** Most that one colleague may have waiting. */
const most = 20

/** Takes what anybody says is wrong; it waits for whoever looks after the entry, and changes nothing. */
export async function suggest(
  db: Tx,
  service: ServiceDetail,
  form: SuggestionForm,
): Promise<Done | SuggestionRefusal> {
  if (carriesAddress(form.words, service)) return { refused: 'address' }
  const outcome = await suggestOpenly(db, service.id, form)
  return outcome === 'kept' ? { done: true } : { refused: outcome }
}

/** The same from a colleague of some agency, who can see later what became of it. */
export async function suggestAsWorker(
  db: Tx,
  actor: Actor,
  service: ServiceDetail,
  form: SuggestionForm,
): Promise<Done | SuggestionRefusal> {
  if (carriesAddress(form.words, service)) return { refused: 'address' }
  if ((await ownWaiting(db, actor.accountId)) >= most) return { refused: 'full' }
  await addSuggestion(db, actor, service.id, form)
  return { done: true }
}

/** Decides about a suggestion: writes it, notes that it was done by hand, or declines it with a reason. */
export async function review(
  db: Tx,
  actor: Actor,
  id: string,
  form: ReviewForm,
): Promise<Done | SuggestionRefusal> {
  const suggestion = await waitingSuggestion(db, id)
  if (suggestion === null) return { refused: 'already-decided' }
  const service = await serviceById(db, suggestion.serviceId)
  if (service === null) return { refused: 'missing' }
  const { about } = suggestion
  if (form.act === 'decline' && form.reason === '') return { refused: 'reason' }
  if (form.act === 'write') {
    if (!isSimple(about, service) || !fits(about, form.value)) return { refused: 'value' }
    if (carriesAddress(form.value, service)) return { refused: 'address' }
    await changing(db, actor, { services: [service.id], what: 'suggestion', why: form.reason }, async () => {
      await writeField(db, service.id, about, form.value)
      await refreshDerived(db, [service.id])
    })
  }
  await decideSuggestion(db, id, form.act === 'decline' ? 'declined' : 'accepted', form.reason)
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'suggestion', service: service.id, about, act: form.act },
  })
  return { done: true }
}
