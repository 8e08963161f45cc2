import { capacityText, type ServiceDetail } from '#directory'
import type { Actor } from '#platform/access'
import type { Words } from '#platform/i18n'
import {
  blankRelease,
  heldItems,
  itemOf,
  type KeptRelease,
  nameToUse,
  warningSentences,
  withItems,
} from '#releases'

import type { Desk } from './sending.actions.ts'
import { facetsAsked, waitDays } from './sending.rules.ts'

/**
 * A permission as page one begins it: *enough to say hello* out of this person's own file, and nothing else. Null: the service
 * belongs to no agency that can be written to.
 */
export function firstDraft(t: Words, actor: Actor, desk: Desk, service: ServiceDetail): KeptRelease | null {
  const to = desk.agencies.find((agency) => agency.partyId === service.partyId)
  if (to === undefined) return null
  const { file, own, context } = desk
  const blank = blankRelease({
    pack: actor.pack,
    law: actor.law,
    young: actor.young,
    file,
    subjectName: nameToUse(file),
    worker: { accountId: actor.accountId, name: actor.displayName },
    from: own,
    to,
    now: context.now,
  })
  const items = heldItems(t, file, facetsAsked(service)).filter((item) => item.start === 'chosen')
  return {
    release: withItems(
      blank,
      items.map((item) => itemOf(item)),
    ),
    words: items.map(({ kind, ref, text, data }) => ({
      kind,
      ref,
      text,
      ...(data === undefined ? {} : { data }),
    })),
    service: { id: service.id, name: service.name },
    wait: { text: capacityText(t, service.capacity), days: waitDays(service) },
    warned: [...warningSentences(t, to.sector, service.mustReport)],
    ask: null,
    renews: null,
    signers: [],
    talked: false,
    confirmedAt: null,
    ended: null,
  }
}
