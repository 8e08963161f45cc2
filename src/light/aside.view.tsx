import { agencyOf, officeOf } from '#parties'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList, InsetText } from '#platform/ui'
import { type BesideThreads, type Thread, threadPath, threadRow } from '#referrals'

import { newestLink, threadsAsked } from './link.store.ts'
import { LinkStanding } from './link.view.tsx'

/** On a thread to an office: where its link stands, and the way to a new one. */
async function aside(db: Tx, actor: Actor, t: Words, thread: Thread): Promise<Content> {
  if (thread.side !== 'from' || !mayDo(actor.roles, 'referral:write')) return null
  const link = await newestLink(db, actor.partyId, thread.id)
  const office = await officeOf(db, actor, { officeId: thread.otherParty })
  if (link === null && office === null) return null
  return (
    <InsetText>
      <p class="govuk-body">
        {link === null ? t('light.link.none-yet') : <LinkStanding t={t} link={link} />}
      </p>
      {link !== null && office !== null && !['sent', 'opened'].includes(link.state) ? (
        <p class="govuk-body">{t('light.link.needed')}</p>
      ) : null}
      <p class="govuk-body">
        <a class="govuk-link" href={threadPath('link', thread.id)}>
          {t(link === null ? 'light.link.first' : 'light.link.title')}
        </a>
      </p>
    </InsetText>
  )
}

/** What stands beside a thread to an office. */
export const besideLinks: BesideThreads = { aside }

/** In *My work*: offices that ask for a new link. */
export async function linksAsked(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:write')) return null
  const items = []
  for (const id of await threadsAsked(db, actor.partyId)) {
    const row = await threadRow(db, actor.partyId, id)
    if (row === null || ['ended', 'withdrawn'].includes(row.state)) continue
    const to = (await agencyOf(db, row.otherParty))?.name ?? ''
    items.push({ href: threadPath('link', id), title: t('light.work.line', { to }), meta: '' })
  }
  if (items.length === 0) return null
  return (
    <section aria-labelledby="links-asked">
      <h2 class="govuk-heading-m" id="links-asked">
        {t('light.work.title')}
      </h2>
      <DenseList items={items} empty="" />
    </section>
  )
}
