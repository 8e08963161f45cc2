import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'
import type { Feed } from './feed.ts'
import { paths } from './paths.ts'

/** A feed as the list shows it, with how many differences wait. */
export function feedItem(t: Words, feed: Feed): DenseItem {
  return {
    href: paths.feed(feed.id),
    title: feed.name,
    meta: (
      <>
        {stateText(t, feed)}
        {feed.waiting === 0 ? null : (
          <>
            <br />
            {t('exchange.feed.wait', { count: feed.waiting })}
          </>
        )}
      </>
    ),
    tag: tagOf(t, feed),
  }
}

/** How a feed stands, in one sentence. */
export function stateText(t: Words, feed: Feed): string {
  if (feed.state === 'stopped') return t('exchange.feed.state-stopped')
  if (feed.fetching) return t('exchange.feed.state-fetching')
  if (feed.trouble !== null) return t(`exchange.trouble.${feed.trouble}`)
  if (feed.asksColumns) return t('exchange.feed.state-columns')
  if (feed.goodAt === null) return t('exchange.feed.state-new')
  return t('exchange.feed.state-good', { when: t.dateTime(feed.goodAt) })
}

function tagOf(t: Words, feed: Feed): DenseItem['tag'] {
  if (feed.state === 'stopped') return { text: t('exchange.feed.tag-stopped'), colour: 'grey' }
  if (feed.trouble !== null) return { text: t('exchange.feed.tag-trouble'), colour: 'orange' }
  if (feed.waiting > 0 || feed.asksColumns) return { text: t('exchange.feed.tag-waits'), colour: 'blue' }
  return { text: t('exchange.feed.tag-good'), colour: 'green' }
}
