import { agencyOf } from '#parties'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList, InsetText } from '#platform/ui'
import { type BesideThreads, type Thread, threadPath, threadRow } from '#referrals'

import { threadsToRenew } from './link.store.ts'
import { LinkStanding } from './link.view.tsx'
import { linkStanding } from './standing.actions.ts'
import type { Standing } from './standing.rules.ts'

/** On a thread to an office: where its link stands, and the way to a new one. */
async function aside(db: Tx, actor: Actor, t: Words, thread: Thread): Promise<Content> {
  if (thread.side !== 'from' || !mayDo(actor.roles, 'referral:write')) return null
  const found = await linkStanding(db, actor, thread)
  if (found === null) return null
  const { standing, office } = found
  const next = office === null ? null : nextLine(standing)
  return (
    <InsetText>
      <p class="govuk-body">
        {standing === null ? t('light.link.none-yet') : <LinkStanding t={t} standing={standing} />}
      </p>
      {next === null ? null : <p class="govuk-body">{t(next)}</p>}
      <p class="govuk-body">
        <a class="govuk-link" href={threadPath('link', thread.id)}>
          {t(standing === null ? 'light.link.first' : 'light.link.title')}
        </a>
      </p>
    </InsetText>
  )
}

/** What stands beside a thread to an office. */
export const besideLinks: BesideThreads = { aside }

/** What a link is needed for next; where nothing may come back the same before and after it was used. */
function nextLine(standing: Standing | null): string | null {
  if (standing === null) return null
  if (standing.state.startsWith('untold')) return 'light.link.write-again'
  return standing.running ? null : 'light.link.needed'
}

/** In *My work*: offices that ask for a new link, and links that nobody used. */
export async function linksAsked(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:write')) return null
  const items = []
  for (const { id, why } of await threadsToRenew(db)) {
    const row = await threadRow(db, actor.partyId, id)
    if (row === null) continue
    const to = (await agencyOf(db, row.otherParty))?.name ?? ''
    items.push({
      href: threadPath('link', id),
      title: t(`light.work.${why}`, { to }),
      meta: why === 'untold' ? t('light.work.untold-why') : '',
    })
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
