import type { Words } from '#platform/i18n'
import { Tag, type TagColour } from '#platform/ui'

import type { StoredRelease } from './kept-release.ts'
import { standingOf } from './standing.rules.ts'

type Standing = ReturnType<typeof standingOf>

const colours: Readonly<Record<Standing, TagColour>> = {
  draft: 'grey',
  active: 'green',
  'not-yet': 'blue',
  withdrawn: 'red',
  expired: 'grey',
  suspended: 'orange',
}

/** Where a release stands, in a word. */
export function StandingTag({ t, standing }: { readonly t: Words; readonly standing: Standing }) {
  return <Tag colour={colours[standing]}>{t(`releases.state.${standing}`)}</Tag>
}

/** Since when it stands so, and how that came. */
export function standingText(t: Words, release: StoredRelease, standing: Standing): string {
  const { ended, release: agreed } = release.kept
  switch (standing) {
    case 'draft':
      return t(agreed.signatures.length > 0 ? 'releases.standing.signed-draft' : 'releases.standing.draft')
    case 'withdrawn':
      return ended === null || release.withdrawnAt === null
        ? t('releases.standing.put-away')
        : t('releases.standing.withdrawn', {
            date: t.dateTime(release.withdrawnAt),
            how: t(`releases.said.${ended.how}`),
            by: ended.by,
          })
    case 'suspended':
      return ended === null
        ? t('releases.state.suspended')
        : t('releases.standing.suspended', { date: t.dateTime(ended.at), by: ended.by })
    default:
      return t(standing === 'expired' ? 'releases.standing.expired' : 'releases.standing.until', {
        date: t.dateTime(agreed.endsAt),
      })
  }
}
