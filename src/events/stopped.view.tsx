import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { paths } from './paths.ts'
import { receiverOf } from './receiver.store.ts'

/** In *My work* of leads: that the agency's own system gets no events any more, and why. Nothing while it does, or where somebody turned it off. */
export async function eventsStopped(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'case:lead')) return null
  const receiver = await receiverOf(db, actor.partyId)
  if (receiver === null || receiver.whyOff === null || receiver.whyOff === 'by-hand') return null
  return (
    <section aria-labelledby="events-stopped">
      <h2 class="govuk-heading-m" id="events-stopped">
        {t('events.stopped')}
      </h2>
      <DenseList
        items={[{ href: paths.page, title: t('events.title'), meta: t(`events.why.${receiver.whyOff}`) }]}
        empty=""
      />
    </section>
  )
}
