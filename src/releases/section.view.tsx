import type { OpenSource } from '#diary'
import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { recipientText } from './agreed.view.tsx'
import { mayDecide } from './decision.rules.ts'
import { lawPackOf } from './law-packs.ts'
import { releasePath } from './paths.ts'
import { databaseNow, releasesOf } from './release.store.ts'
import { standingOf } from './standing.rules.ts'
import { StandingTag, standingText } from './standing.view.tsx'

const shownAtOnce = 5

/** The part of a case's page that shows its permissions, what was shared, and who has seen it. */
export async function releaseSection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const now = await databaseNow(db)
  const all = (await releasesOf(db, file.key))
    .map((release) => ({ release, standing: standingOf(release, now) }))
    .filter(({ release, standing }) => standing !== 'withdrawn' || release.startsAt !== null)
  const items = all.slice(0, shownAtOnce).map(({ release, standing }) => ({
    href: releasePath(
      standing === 'draft' ? (release.kept.talked ? 'send' : 'draft') : 'one',
      file.caseId,
      release.id,
    ),
    title: recipientText(t, release.kept),
    meta: standingText(t, release, standing),
    tag: <StandingTag t={t} standing={standing} />,
  }))
  return (
    <section>
      <h2 class="govuk-heading-m">{t('releases.list.title')}</h2>
      <DenseList items={items} empty={t('releases.list.none')} />
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={releasePath('list', file.caseId)}>
            {t('releases.list.all')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`/cases/${file.caseId}/shared`}>
            {t('releases.list.shared')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`/cases/${file.caseId}/seen`}>
            {t('releases.list.seen')}
          </a>
        </li>
        {mayDecide(lawPackOf(actor.pack, actor.law)) ? (
          <li>
            <a class="govuk-link" href={releasePath('decisions', file.caseId)}>
              {t('releases.decision.list')}
            </a>
          </li>
        ) : null}
        {all.some(({ standing }) => standing === 'active') ? (
          <li>
            <a class="govuk-link" href={releasePath('hold', file.caseId)}>
              {t('releases.list.hold')}
            </a>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

/** How many days before its end a permission is asked about again. */
const soon = 14

/** Permissions that still run in a case, and which of them are due to be gone through again: named before it is handed over or ends. */
export const runningReleases: OpenSource = async (db, _actor, t, file) => {
  const now = await databaseNow(db)
  return (await releasesOf(db, file.key))
    .filter((release) => standingOf(release, now) === 'active')
    .map((release) => {
      const due = release.endsAt !== null && release.endsAt.getTime() - now.getTime() < soon * 86_400_000
      const about = { name: recipientText(t, release.kept), standing: standingText(t, release, 'active') }
      return {
        text: t(due ? 'releases.list.open-due' : 'releases.list.open', about),
        href: releasePath('one', file.caseId, release.id),
      }
    })
}
